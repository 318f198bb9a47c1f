import { describe, expect, it } from 'vitest';
import type { Segment } from '../../model';
import { planAttach } from '../plan/attach';
import { hostFacts, nic } from '../host/testing';
import { container, endpoint, engine } from '../testing';
import { engines as two, made, plan, planned, specs } from './testing';

/** The same LAN once more, as a switch's access port shows it. */
const cellar: Segment = {
  ...planned,
  ...{ id: 'seg-2', name: 'Cellar', vlan: null },
  reserved: [{ from: '10.70.1.2', to: '10.70.1.60', kind: 'dhcp' }],
  members: [{ engineId: 'e3', parentNic: 'eth9', networkName: 'cellar', ipRange: '10.70.1.64/28' }],
};
const engines = [...two, engine({ id: 'e3' })];
const networks = [...made(planned), ...made(cellar)];
const containers = [container({ id: 'c1', name: 'web' })];
const world = { plan: [planned, cellar], engines, networks, containers };
const attach = (ipv4?: string, over = {}) =>
  plan(
    {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'c1',
      ...(ipv4 && { ipv4 }),
    },
    { ...world, ...over },
  );

describe('what another segment of the LAN reserves', () => {
  it('is refused and not offered, by whatever way a container is attached', () => {
    const found = attach('10.70.1.20');
    const plain = planAttach(
      { kind: 'attach', engineId: 'e1', containerId: 'c1', networkId: networks[0]!.id, ipv4: '10.70.1.20' },
      { engines, networks, containers, segments: world.plan },
    );
    expect(plain.problems).toMatchObject([{ code: 'address_reserved', params: { network: 'Cellar' } }]);
    expect(found.hosts[0]).toMatchObject({ steps: [], problems: plain.problems });
    expect([found.suggestedIpv4, plain.suggestedIpv4]).toEqual(['10.70.1.61', '10.70.1.61']);
    expect(attach('10.70.1.61').hosts[0]?.problems).toEqual([]);
  });

  it('is refused also where the segment has no network on the host yet', () => {
    const bare = { ...planned, members: [planned.members[1]!] };
    const over = { plan: [bare, cellar], networks: networks.slice(1) };
    const request = {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'c1',
    } as const;
    const on = { ...request, host: { engineId: 'e1', parentNic: 'eth0' } };
    const found = plan({ ...on, ipv4: '10.70.1.20' }, { ...world, ...over });
    expect(found.hosts[0]?.problems).toMatchObject([{ code: 'address_reserved', field: 'ipv4' }]);
    expect(plan(on, { ...world, ...over }).suggestedIpv4).toBe('10.70.1.61');
  });

  it('is no part of an automatic range that is found for a host', () => {
    const reserved = [{ from: '10.70.1.128', to: '10.70.1.254', kind: 'dhcp' as const }];
    const found = plan(
      {
        kind: 'create-segment',
        segment: { ...cellar, name: 'Attic', vlan: 11 },
        hosts: [{ engineId: 'e1', parentNic: 'eth0' }],
      },
      { ...world, plan: [{ ...cellar, reserved }], networks: made(cellar) },
    );
    expect(specs(found)[0]?.ipRange).toBe('10.70.1.96/27');
  });
});

describe('a range that is reserved over addresses of containers', () => {
  const [here, there] = made(planned);
  const pinned = container({
    ...{ id: 'c1', name: 'web', engineId: 'e1', state: 'exited' },
    endpoints: [endpoint(here!, { ipv4: '', pinned4: '10.70.1.9', endpointId: '' })],
  });
  const automatic = container({
    ...{ id: 'c2', name: 'db', engineId: 'e2' },
    endpoints: [endpoint(there!, { ipv4: '10.70.1.20' })],
  });
  const over = { networks: made(planned), containers: [pinned, automatic] };
  const range = { from: '10.70.1.2', to: '10.70.1.60', kind: 'dhcp' as const };
  const { id: segmentId, members: _, ...draft } = planned;
  const edit = (reserved: Segment['reserved'], known = planned) =>
    plan(
      { kind: 'edit-segment', segmentId, segment: { ...draft, reserved }, hosts: [] },
      { ...over, plan: [known] },
    );

  it('tells which container has which address on which host', () => {
    expect(edit([range]).notices).toMatchObject([
      {
        ...{ code: 'reserved_held', severity: 'warning' },
        params: {
          from: '10.70.1.2',
          to: '10.70.1.60',
          held: 'db 10.70.1.20 (host-e2), web 10.70.1.9 (host-e1)',
        },
      },
    ]);
    const one = { ...range, from: '10.70.1.9', to: '10.70.1.9' };
    expect(edit([one]).notices?.[0]?.params).toEqual({
      context: 'one',
      from: '10.70.1.9',
      held: 'web 10.70.1.9 (host-e1)',
    });
  });

  it('says nothing of one that was reserved before, nor of addresses beside it', () => {
    expect(edit([range], { ...planned, reserved: [range] }).notices).toBeUndefined();
    expect(edit([{ ...range, from: '10.70.1.21' }]).notices).toBeUndefined();
  });

  it('is told of, too, where the segment is adopted', () => {
    const segment = { ...planned, reserved: [range] };
    const found = plan({ kind: 'adopt-segment', segment }, { ...over, plan: [] });
    expect(found.notices?.map(({ code }) => code)).toEqual(['reserved_held']);
  });
});

describe('a LAN that was adopted without reserved ranges', () => {
  it('has no address offered outside its ranges that anybody is known to have', () => {
    const [here, there] = made(planned);
    const far = container({
      ...{ id: 'c2', name: 'db', engineId: 'e2', state: 'exited' },
      endpoints: [endpoint(there!, { ipv4: '', pinned4: '10.70.1.2', endpointId: '' })],
    });
    const running = container({
      ...{ id: 'c3', name: 'dns', engineId: 'e1' },
      endpoints: [endpoint(here!, { ipv4: '10.70.1.3' })],
    });
    const shim = {
      engineId: 'e2',
      networkId: there!.id,
      networkName: 'office',
      address: '10.70.1.4',
      since: 0,
    };
    const own = nic({
      name: 'eth0.10',
      parent: 'eth0',
      vlan: 10,
      addresses: [{ address: '10.70.1.5', prefix: 24, scope: 'global' }],
    });
    const found = plan(
      { kind: 'attach-to-segment', segmentId: 'seg-1', engineId: 'e1', containerId: 'c1' },
      {
        ...{ networks: [here!, there!], shims: [shim], facts: [hostFacts('e1', nic({ name: 'eth0' }), own)] },
        containers: [container({ id: 'c1', name: 'web' }), far, running],
      },
    );
    // .1 is the gateway's; what nobody is known to have counts as free.
    expect(found.suggestedIpv4).toBe('10.70.1.6');
  });
});
