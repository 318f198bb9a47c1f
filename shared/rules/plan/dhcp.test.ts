import { describe, expect, it } from 'vitest';
import type { Container, DhcpPolicy, Engine, Network } from '../../model';
import { container, endpoint, engine, network } from '../testing';
import { planDhcp } from './dhcp';

const lan = network({ id: 'aaaaaaaaaaaa1' });
const web = container({ name: 'web', endpoints: [endpoint(lan, { ipv4: '10.70.1.10' })] });
interface Over {
  lan?: Partial<Network>;
  web?: Partial<Container>;
  engine?: Partial<Engine>;
}
const plan = (over: Over = {}, kept: readonly DhcpPolicy[] = []) =>
  planDhcp(
    { kind: 'put-dhcp', engineId: 'e1', containerId: web.id, networkId: lan.id },
    {
      engines: [engine(over.engine)],
      networks: [{ ...lan, ...over.lan }],
      containers: [{ ...web, ...over.web }],
    },
    kept,
    7,
  );

describe('planDhcp', () => {
  it('puts a helper beside the container, and says what that is', () => {
    const { steps, notices, problems, before, after, name } = plan();
    expect([problems, before, name]).toEqual([[], null, 'web@lan']);
    expect(after).toMatchObject({ identity: { by: 'name', name: 'web' }, networkId: lan.id, since: 7 });
    expect(steps).toMatchObject([{ op: 'put-dhcp', containerName: 'web', dhcp: { containerId: web.id } }]);
    expect(notices.map(({ code, params }) => [code, params?.context])).toEqual([
      ['lease_helper', undefined],
      ['lease_mac', undefined],
      ['lease_paper', undefined],
    ]);
    expect(notices[0]?.message).toContain('NET_ADMIN and NET_RAW');
    expect(notices[2]?.message).toContain('10.70.1.10');
  });

  it('keeps it for one that does not run, and puts nothing there yet', () => {
    const { steps, notices, after } = plan({
      web: { state: 'exited', endpoints: [endpoint(lan, { ipv4: '' })] },
    });
    expect([steps, after?.networkName]).toEqual([[], 'lan']);
    expect(notices.map(({ code, params }) => [code, params?.context])).toContainEqual([
      'lease_paper',
      'none',
    ]);
    expect(notices[0]?.code).toBe('lease_later');
  });

  it('keeps its MAC, also where it is asked for once more', () => {
    const { after } = plan();
    const mac = '0a:00:00:00:00:01';
    expect(plan({}, [{ ...(after as DhcpPolicy), mac }]).after).toMatchObject({ mac, since: 7 });
  });

  it.each<[string, Over, [string, string | undefined]]>([
    ['Podman', { engine: { product: 'podman' } }, ['lease_impossible', 'podman']],
    ['a swarm', { lan: { scope: 'swarm' } }, ['lease_impossible', 'swarm']],
    ['ipvlan', { lan: { kind: 'ipvlan' } }, ['lease_impossible', undefined]],
    ['passthru', { lan: { mode: 'passthru' } }, ['lease_impossible', 'passthru']],
    ['no IPv4', { lan: { subnets: [] } }, ['lease_impossible', 'no_ipv4']],
    ['host mode', { web: { networkMode: { kind: 'host' } } }, ['host_mode', undefined]],
    [
      'a sharer',
      { web: { networkMode: { kind: 'container', containerId: 'gone' } } },
      ['shares_namespace', 'owner_gone'],
    ],
    ['one that is not attached', { web: { endpoints: [] } }, ['not_connected', undefined]],
    ['a host that is away', { engine: { state: 'offline' } }, ['engine_unreachable', undefined]],
  ])('is refused for %s', (_what, over, [code, context]) => {
    const { steps, problems, after } = plan(over);
    expect(problems.map((each) => [each.code, each.params?.context])).toEqual([[code, context]]);
    expect([steps, after]).toEqual([[], null]);
  });

  it('ends by names, also where the container is gone', () => {
    const policy = plan().after as DhcpPolicy;
    const request = {
      ...({ kind: 'remove-dhcp', engineId: 'e1', networkId: lan.id, containerId: '' } as const),
      ...{ networkName: 'lan', containerName: 'web' },
    };
    const world = { engines: [engine()], networks: [lan], containers: [web] };
    const there = planDhcp(request, world, [policy], 9);
    expect(there).toMatchObject({ before: policy, after: null, problems: [] });
    expect(there.steps).toMatchObject([{ op: 'remove-dhcp', dhcp: { containerId: web.id } }]);
    expect(there.notices.map(({ code }) => code)).toEqual(['lease_ends']);
    const gone = planDhcp(request, { ...world, containers: [] }, [policy], 9);
    expect(gone.steps).toMatchObject([{ op: 'remove-dhcp', dhcp: { containerId: '' } }]);
    expect(gone.notices).toEqual([]);
    const none = planDhcp(request, world, [], 9);
    expect(none.problems).toMatchObject([{ code: 'nothing_to_do', params: { context: 'no_lease' } }]);
  });
});
