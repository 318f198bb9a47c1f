import { describe, expect, it } from 'vitest';
import type { Segment } from '../../model';
import { planAttach } from '../plan/attach';
import { container, engine } from '../testing';
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
