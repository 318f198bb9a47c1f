import { describe, expect, it } from 'vitest';
import { hostFacts, nic } from '../host/testing';
import { container, endpoint, engine, podman } from '../testing';
import { create, engines, here, host, networks, office, plan, planned, problems } from './testing';

/** A segment over a Docker and a Podman host is refused as a whole for what Podman can't do, and says where. */
const mixed = [engine({ id: 'e1' }), podman({ id: 'e2' })];

describe('a segment on a Podman host', () => {
  it('is made, and says that its VLAN link has to be there', () => {
    const found = create({}, [host('e1'), host('e2')], { engines: mixed });
    expect(problems(found)).toEqual([]);
    const told = found.hosts.map(({ notices }) =>
      notices.map(({ code }) => code).filter((code) => code.startsWith('vlan_link')),
    );
    expect(told).toEqual([['vlan_link_made'], ['vlan_link_needed']]);
  });

  it('is refused where a look shows that it is not', () => {
    const facts = [hostFacts('e1', nic()), hostFacts('e2', nic())];
    const found = create({}, [host('e1'), host('e2')], { engines: mixed, facts });
    expect(problems(found)).toEqual(['e2 parent_missing']);
    expect(found.hosts[1]?.problems[0]).toMatchObject({
      params: { context: 'vlan', parent: 'eth0.10', host: 'host-e2' },
    });
    expect(problems(create({ vlan: null }, undefined, { engines: mixed, facts }))).toEqual([]);
  });

  it('is no ipvlan', () => {
    const found = create({ driver: 'ipvlan', mode: 'l2' }, undefined, { engines: mixed });
    expect(problems(found)).toEqual(['e2 engine_unsupported']);
  });

  it('is neither edited nor removed under a container that is paused', () => {
    const paused = container({ state: 'paused', endpoints: [endpoint(here)] });
    const edit = {
      kind: 'edit-segment' as const,
      segmentId: planned.id,
      segment: { ...office, subnets: [{ subnet: '10.80.1.0/24', gateway: '10.80.1.1' }] },
      hosts: [],
    } satisfies Parameters<typeof plan>[0];
    const remove = {
      kind: 'delete-segment' as const,
      segmentId: planned.id,
      detachRunning: true,
    } satisfies Parameters<typeof plan>[0];
    const onPodman = [podman({ id: 'e1' }), engine({ id: 'e2' })];
    for (const request of [edit, remove]) {
      const world = { networks, containers: [paused] };
      expect(problems(plan(request, { ...world, engines: onPodman }))).toEqual(['e1 engine_unsupported']);
      expect(problems(plan(request, { ...world, engines }))).toEqual([]);
    }
  });
});

describe('the addresses of containers on a Podman host, which it does not tell to be fixed,', () => {
  const onPodman = [podman({ id: 'e1' }), engine({ id: 'e2' })];
  const web = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.130', pinned4: '' })] });
  const edit = (subnet: string) =>
    ({
      ...{ kind: 'edit-segment', segmentId: planned.id, hosts: [] },
      segment: { ...office, subnets: [{ subnet, gateway: subnet.replace('.0/24', '.2') }] },
    }) satisfies Parameters<typeof plan>[0];
  const remove = { kind: 'delete-segment', segmentId: planned.id, detachRunning: true } as const;
  const at = (request: Parameters<typeof plan>[0], ours: boolean) => {
    const attachment = { engineId: 'e1', containerId: web.id, networkName: here.name };
    const addresses = ours ? [{ ...attachment, ipv4: '10.70.1.130' }] : [];
    const found = plan(request, { networks, containers: [web], engines: onPodman, addresses });
    const [host] = found.hosts;
    const told = host?.notices.filter(({ code }) => code === 'undo_may_change_address') ?? [];
    return {
      problems: problems(found),
      off: host?.steps.find(({ op }) => op === 'disconnect'),
      on: host?.steps.find(({ op }) => op === 'connect'),
      told: told.map(({ params }) => params.context),
    };
  };

  it('come back by undo of a removal, be they fixed by a change of ours or perhaps by others', () => {
    expect(at(remove, true)).toMatchObject({ off: { ipv4: '10.70.1.130' }, told: [] });
    expect(at(remove, false)).toMatchObject({ off: { ipv4: '10.70.1.130' }, told: ['fixes'] });
  });

  it('stay fixed on an edited one', () => {
    const kept = { off: { ipv4: '10.70.1.130' }, on: { endpoint: { ipv4: '10.70.1.130' } } };
    expect(at(edit('10.70.1.0/24'), true)).toMatchObject({ ...kept, told: [] });
    expect(at(edit('10.70.1.0/24'), false)).toMatchObject({ ...kept, told: ['fixes'] });
  });

  it('are a problem where they have no place and surely are fixed, and are called automatic by nobody', () => {
    expect(at(edit('10.80.1.0/24'), true).problems).toEqual(['e1 address_outside_subnet']);
    const may = at(edit('10.80.1.0/24'), false);
    expect(may).toMatchObject({ problems: [], off: { ipv4: '10.70.1.130' }, told: ['fixes'] });
    expect(may.on).toMatchObject({ endpoint: {} });
    expect(may.on).not.toMatchObject({ endpoint: { ipv4: '10.70.1.130' } });
  });

  it('are said to be lost by an edit under a stopped one, and not by a removal, which only undo gives back', () => {
    const stopped = container({ state: 'exited', endpoints: [endpoint(here, { ipv4: '' })] });
    const attachment = { engineId: 'e1', containerId: stopped.id, networkName: here.name };
    const told = (request: Parameters<typeof plan>[0], ours = false) => {
      const addresses = ours ? [{ ...attachment, ipv4: '10.70.1.130' }] : [];
      const found = plan(request, { networks, containers: [stopped], engines: onPodman, addresses });
      return found.hosts[0]?.notices.filter(({ code }) => code === 'fixed_address_unknown');
    };
    expect(told(edit('10.70.1.0/24'))).toMatchObject([
      { severity: 'warning', params: { container: stopped.name, network: here.name } },
    ]);
    expect(told(edit('10.70.1.0/24'), true)).toEqual([]);
    expect(told(remove)).toEqual([]);
  });
});
