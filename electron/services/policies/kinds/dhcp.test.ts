import { beforeEach, describe, expect, it } from 'vitest';
import type { DhcpPolicy, LeaseHelper } from '../../../../shared/model';
import { dhcpRules } from '../../../../shared/rules';
import { container, endpoint, engine, network } from '../../../../shared/rules/testing';
import { dhcpPolicies } from './dhcp';
import type { PolicyTools } from '../console-kind';

const lan = network({ id: 'aaaaaaaaaaaa1' });
const web = container({
  name: 'web',
  endpoints: [
    endpoint(lan, { ipv4: '10.70.1.10', prefix: 24, mac: '02:42:0a:46:01:0a', gateway: '10.70.1.1' }),
  ],
});
const policy: DhcpPolicy = {
  ...{ engineId: 'e1', networkId: lan.id, networkName: lan.name, since: 1, mac: '0a:00:00:00:00:01' },
  ...{ identity: { by: 'name', name: 'web' }, containerName: 'web' },
};
const world = { engines: [engine()], networks: [lan], containers: [web] };
const wanted = dhcpRules.wanted(policy, world) as LeaseHelper;

/** A host as a map of helpers. */
let there: Map<string, { made: unknown; ended: boolean }>;
let calls: string[];
let say: (line: string) => void;
let now: typeof world;
const kind = () =>
  dhcpPolicies({
    world: () => now,
    run: (async (_engineId: string, _task: unknown, order: unknown) => {
      calls.push(`give back ${JSON.stringify(order)}`);
    }) as unknown as PolicyTools['run'],
    helpers: {
      keep: async (_engineId, _task, spec, name) => {
        calls.push(`keep ${name}`);
        there.set(name, { made: spec, ended: false });
      },
      list: async () => [...there].map(([name, each]) => ({ name, ...each })),
      remove: async (_engineId, name) => {
        calls.push(`remove ${name}`);
        there.delete(name);
      },
      follow: (_engineId, _name, onLine) => {
        say = onLine;
        return { dispose: () => undefined };
      },
      connection: () => there,
    },
    changed: () => undefined,
    doubted: () => undefined,
  });

beforeEach(() => {
  [there, calls, now] = [new Map(), [], world];
});

describe('helpers that lease', () => {
  it('are put there once, and left to go on by the next console', async () => {
    const first = kind();
    expect(await first.put('e1', wanted)).toEqual(wanted);
    first.dispose?.();
    const next = kind();
    expect(await next.put('e1', wanted)).toEqual(wanted);
    expect(calls).toEqual([`keep ${wanted.name}`]);
    say('100 bound ip=10.70.1.203/24 server=10.70.1.1 router=10.70.1.1 lease=120');
    expect(next.live?.(policy, world)).toMatchObject({
      ...{ current: web.id, lease: { state: 'bound', address: '10.70.1.203/24' } },
    });
    next.dispose?.();
  });

  it.each<[string, Partial<LeaseHelper>, boolean]>([
    ['for a container that is gone', { containerId: 'gone' }, false],
    ['by an older console', { revision: 0 }, false],
    ['and has ended for good', {}, true],
  ])('are put anew where one is there %s', async (_why, made, ended) => {
    there.set(wanted.name, { made: { ...wanted, ...made }, ended });
    const one = kind();
    expect(await one.put('e1', wanted)).toEqual(wanted);
    expect(calls).toEqual([`keep ${wanted.name}`]);
    one.dispose?.();
  });

  it('are passed over where nobody can tell what they were made for', async () => {
    there.set('odd', { made: { name: 7 }, ended: false });
    expect(await kind().read('e1')).toEqual(new Map());
  });

  it('end with what the engine had given', async () => {
    there.set(wanted.name, { made: wanted, ended: false });
    await kind().access('e1').remove(wanted);
    const back = {
      ...{ containerId: web.id, held: policy.mac, mac: '02:42:0a:46:01:0a' },
      ...{ address: '10.70.1.10/24', gateway: '10.70.1.1' },
    };
    expect(calls).toEqual([`remove ${wanted.name}`, `give back ${JSON.stringify(back)}`]);
  });

  it('end alone where their container does not run, or is gone', async () => {
    for (const containers of [[{ ...web, state: 'exited' as const }], []]) {
      calls = [];
      now = { ...world, containers };
      await kind().access('e1').remove(wanted);
      expect(calls).toEqual([`remove ${wanted.name}`]);
    }
  });
});
