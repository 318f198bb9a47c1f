import { describe, expect, it } from 'vitest';
import { ProblemError, type ChangeRequest } from '../../../shared/model';
import { planChange, planProblems, planSegment, planShim, problem, shortId } from '../../../shared/rules';
import { container, engine, network } from '../../../shared/rules/testing';
import { LastNames, namedAs } from './last-names';

const [webId, lanId, dmzId] = ['a', 'b', 'c'].map((each) => each.repeat(64)) as [string, string, string];
const web = container({ id: webId, name: 'web' });
const [lan, dmz] = [network({ id: lanId, name: 'lan' }), network({ id: dmzId, name: 'dmz' })];
const there = { engines: [engine()], networks: [lan, dmz], containers: [web] };
const [onLan, onWeb] = [
  { engineId: 'e1', networkId: lanId },
  { engineId: 'e1', containerId: webId },
];
const segment = {
  ...{ id: 's', name: 'iot', vlan: 20, driver: 'macvlan', mode: 'bridge', reserved: [] },
  subnets: [{ subnet: '10.70.20.0/24', gateway: '10.70.20.1' }],
  members: [{ engineId: 'e1', parentNic: 'eth0', networkName: 'iot' }],
} as const;

const problemsOf = (request: ChangeRequest, inventory: typeof there) => {
  if (request.kind === 'put-shim' || request.kind === 'remove-shim')
    return planShim(request, inventory, 0).problems;
  if (request.kind === 'attach-to-segment')
    return planProblems(
      planSegment(request, { plan: [segment as never], inventory: inventory as never, newId: 'x' }),
    );
  return planChange(request as Parameters<typeof planChange>[0], inventory).problems;
};
const withoutWeb = { ...there, containers: [] };
const without = (id: string) => ({ ...there, networks: there.networks.filter((one) => one.id !== id) });

it('what a step found gone is named with all that was said of it', () => {
  const more = { engineId: 'e1', field: 'networkId', engineText: 'no such network', more: { status: 404 } };
  const told = problem('network_not_found', { network: 'b', host: 'e1' }, more);
  const error = new ProblemError({ ...told, reasons: { why: { code: 'timeout' } as never } });
  const step = { op: 'remove-network', networkId: lanId, networkName: 'lan' } as const;
  const named = namedAs(step, error, 'atlas') as ProblemError;
  expect(named.problem).toMatchObject({
    ...{ engineId: 'e1', field: 'networkId', engineText: 'no such network', reasons: { why: {} } },
    params: { network: 'lan', host: 'atlas', status: 404 },
  });
  expect(named.cause).toBe(error);
});

describe('what was removed after it was asked about', () => {
  const removed: [ChangeRequest, typeof there, string][] = [
    [{ kind: 'attach', ...onWeb, networkId: lanId }, withoutWeb, 'web'],
    [{ kind: 'detach', ...onWeb, networkId: lanId }, withoutWeb, 'web'],
    [{ kind: 'move', ...onWeb, fromNetworkId: lanId, toNetworkId: dmzId }, withoutWeb, 'web'],
    [{ kind: 'readdress', ...onWeb, networkId: lanId, ipv4: '10.70.1.9' }, withoutWeb, 'web'],
    [{ kind: 'attach-to-segment', ...onWeb, segmentId: 's' }, withoutWeb, 'web'],
    [{ kind: 'attach', ...onWeb, networkId: lanId }, without(lanId), 'lan'],
    [{ kind: 'move', ...onWeb, fromNetworkId: lanId, toNetworkId: dmzId }, without(dmzId), 'dmz'],
    [{ kind: 'remove-network', ...onLan }, without(lanId), 'lan'],
    [{ kind: 'put-shim', ...onLan }, without(lanId), 'lan'],
  ];
  it.each(removed)('is told by its name: %j', (request, then, name) => {
    const names = new LastNames(10);
    names.learn(request, there);
    names.learn(request, then);
    const [found] = problemsOf(request, then);
    if (!found) throw new Error('no problem');
    expect(found.message).not.toContain(` ${name} `);
    const told = names.told(request, found);
    expect(told.message).toContain(` ${name} `);
    expect(told).toMatchObject({ code: found.code, engineId: 'e1', hint: found.hint });
    expect(told.field).toBe(found.field);
  });

  it('is told by its id where its name was never known, or so long ago that others came since', () => {
    const request: ChangeRequest = { kind: 'remove-network', ...onLan };
    const [found] = problemsOf(request, without(lanId));
    const names = new LastNames(1);
    expect(names.told(request, found!)).toBe(found);
    names.learn(request, there);
    names.learn({ kind: 'remove-network', engineId: 'e1', networkId: dmzId }, there);
    expect(names.told(request, found!).message).toContain(shortId(lanId));
  });
});
