import { describe, expect, it } from 'vitest';
import type { Network, Segment } from '../../model';
import { bridge, engine, network } from '../testing';
import { segmentCandidates } from '../segments/candidates';
import { exportSegmentFiles } from '../segments/export';
import { importSegmentText } from '../segments/import';
import { driftOf, memberOf, recogniseSegments } from './recognise';
import { specOf } from './segment-spec-of';
import { plannedNetwork } from '../networks/planned-network';
import { specFor } from './segment-spec';
import { engines, made, plan, planned, specs } from '../segments/testing';

const [here, there] = made(planned) as [Network, Network];
const byHand = (one: Network): Network => ({ ...one, labels: {} });
const members = (networks: Network[], plan: Segment[] = [planned], known = engines) =>
  recogniseSegments(plan, { engines: known, networks }).map((view) =>
    view.members.map((one) => `${one.engineId} ${one.networkName} ${one.state}`),
  );

describe('members', () => {
  it('are present, missing, drifted, or unknown', () => {
    expect(members([here, there])).toEqual([['e1 office present', 'e2 office present']]);
    expect(members([here])).toEqual([['e1 office present', 'e2 office missing']]);
    const never = [engine({ id: 'e1' }), engine({ id: 'e2', apiVersion: '', state: 'offline' })];
    expect(members([here], [planned], never)[0]?.[1]).toBe('e2 office unknown');
    expect(members([here], [planned], [engine({ id: 'e1' })])[0]?.[1]).toBe('e2 office unknown');
  });
  it('tell how they drifted, in one spelling', () => {
    const moved = {
      ...there,
      parent: 'eno2.10',
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.254', exclusions: {} }],
    };
    const [view] = recogniseSegments([planned], { engines, networks: [here, moved] });
    expect(view?.members[1]?.drift).toEqual([
      { field: 'parent', planned: 'eno1.10', actual: 'eno2.10' },
      { field: 'gateway', planned: '10.70.1.1', actual: '10.70.1.254' },
      { field: 'ipRange', planned: '10.70.1.192/26', actual: '' },
    ]);
  });
  it('drift also where settings come from a config-only network, but not by what is hidden', () => {
    const drift = (over: Partial<Network>) => {
      const inherited = { ...there, configFrom: 'settings', ...over };
      return recogniseSegments([planned], { engines, networks: [here, inherited] })[0]?.members[1]?.drift;
    };
    expect(drift({})).toEqual([]);
    const [own] = there.subnets;
    expect(drift({ kind: 'ipvlan', subnets: [{ ...own!, gateway: '10.70.1.254' }] })).toEqual([
      { field: 'driver', planned: 'macvlan', actual: 'ipvlan' },
      { field: 'gateway', planned: '10.70.1.1', actual: '10.70.1.254' },
    ]);
    const podman = {
      parent: '',
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', exclusions: {} }],
    };
    expect(drift(podman)).toEqual([]);
  });
  it('are known by the label when the name changed, by the name when there is no label', () => {
    expect(members([{ ...here, name: 'renamed' }, byHand(there)])).toEqual([
      ['e1 office drifted', 'e2 office present'],
    ]);
    const foreign = { ...there, labels: { 'io.trunkline.segment': 'seg-2' } };
    expect(members([here, foreign])[0]?.[1]).toBe('e2 office missing');
  });
  it('of the same VLAN id and subnet, and labelled ones, are told though nobody planned them', () => {
    const known = [...engines, engine({ id: 'e3' })];
    const [alone] = planned.members;
    const segment = { ...planned, members: [alone!] };
    const other = (over: Partial<Network>) => ({ ...byHand(there), engineId: 'e3', ...over });
    const seen = (over: Partial<Network>) => members([here, other(over)], [segment], known)[0]?.slice(1);
    expect(seen({ parent: 'bond0.10' })).toEqual(['e3 office unplanned']);
    expect(seen({ parent: 'bond0.20' })).toEqual([]);
    expect(seen({ parent: 'bond0' })).toEqual([]);
    expect(seen({ kind: 'bridge' })).toEqual([]);
    expect(seen({ parent: 'bond0.20', labels: { 'io.trunkline.segment': 'seg-1' } })).toHaveLength(1);
    expect(seen({ parent: 'bond0.10', labels: { 'io.trunkline.segment': 'lost' } })).toHaveLength(1);
  });
});

describe('candidates', () => {
  const lan = (engineId: string, over: Parameters<typeof network>[0] = {}) =>
    network({ engineId, parent: 'eth0.20', ...over });
  const found = (networks: Network[], plan: Segment[] = []) => segmentCandidates(plan, { engines, networks });

  it('are groups of one VLAN id and subnet, several hosts first', () => {
    const networks = [
      lan('e1', { parent: 'eth1', name: 'home' }),
      lan('e1'),
      lan('e2', { parent: 'bond0.20' }),
    ];
    expect(found(networks)).toMatchObject([
      {
        name: 'lan',
        vlan: 20,
        subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
        members: [
          { engineId: 'e1', parentNic: 'eth0' },
          { engineId: 'e2', parentNic: 'bond0' },
        ],
      },
      { name: 'home', vlan: null, members: [{ engineId: 'e1', parentNic: 'eth1' }] },
    ]);
    expect(found(networks)).toEqual(found([...networks]));
  });
  it('keep the id that a lost plan gave, and names apart', () => {
    expect(found([here, there])).toMatchObject([{ id: 'seg-1', name: 'office' }]);
    const two = [lan('e1'), lan('e2', { subnet: { subnet: '10.70.2.0/24' } })];
    expect(found(two).map((one) => one.name)).toEqual(['lan', 'lan 2']);
  });
  it('hold no bridges, no planned networks, nothing routed, no config', () => {
    const none = [bridge(), lan('e1', { kind: 'ipvlan', mode: 'l3' }), lan('e1', { configOnly: true })];
    expect(found(none)).toEqual([]);
    expect(found([here, there], [planned])).toEqual([]);
  });
  it('adopted as they are do not drift', () => {
    for (const segment of found([lan('e1', { subnet: { ipRange: '10.70.1.64/26' } }), lan('e2')])) {
      const view = recogniseSegments([segment], {
        engines,
        networks: [lan('e1', { subnet: { ipRange: '10.70.1.64/26' } }), lan('e2')],
      });
      expect(view[0]?.members.map((one) => one.state)).toEqual(['present', 'present']);
    }
  });
});

describe('specOf', () => {
  it('says again what was made, IPv6 included', () => {
    const six = { ...planned, subnets: [...planned.subnets, { subnet: 'fd00::/64', gateway: 'fd00::1' }] };
    const [first] = six.members;
    const member = { ...first!, ipRange6: 'fd00::8000/113' };
    const segment = { ...six, members: [member] };
    expect(specOf(made(segment)[0]!)).toEqual(specFor(segment, member));
    expect(memberOf(made(segment)[0]!)).toEqual(member);
  });
  it('keeps what only an engine or another program gave: options, labels, attachable', () => {
    const options = { parent: 'eth0.10', macvlan_mode: 'bridge', 'com.docker.network.driver.mtu': '1400' };
    const labels = { 'com.docker.compose.network': 'office' };
    expect(specOf({ ...here, options, labels, attachable: true })).toMatchObject({
      options: { 'com.docker.network.driver.mtu': '1400' },
      labels,
      attachable: true,
    });
  });
  it('says several subnets of a family, and what excluded addresses are called', () => {
    const subnets: Network['subnets'] = [
      { ...here.subnets[0]!, exclusions: { nas: '10.70.1.5' } },
      {
        subnet: '10.9.0.0/24',
        gateway: '10.9.0.1',
        ipRange: '10.9.0.128/25',
        exclusions: { tv: '10.9.0.9' },
      },
    ];
    const network = { ...here, subnets, internal: true };
    const spec = specOf(network)!;
    expect(plannedNetwork(spec, 'e1')).toMatchObject({ subnets, internal: true });
    const member = memberOf(network);
    expect(member).toMatchObject({
      moreRanges: ['10.9.0.128/25'],
      exclusions: { nas: '10.70.1.5', tv: '10.9.0.9' },
    });
    const segment = {
      ...planned,
      subnets: [...planned.subnets, { subnet: '10.9.0.0/24', gateway: '10.9.0.1' }],
    };
    expect(driftOf({ ...segment, internal: true }, member, network)).toEqual([]);
    expect(driftOf({ ...segment, internal: false }, member, network)).toEqual([
      { field: 'internal', planned: '', actual: '--internal' },
    ]);
    // A plan of earlier versions says nothing of it.
    expect(driftOf(segment, member, network)).toEqual([]);
    const [without] = subnets.map((one) => ({ ...one, exclusions: {} }));
    expect(driftOf(segment, member, { ...network, subnets: [without!] }).map((one) => one.field)).toEqual([
      'subnet',
      'gateway',
      'ipRange',
      'exclusions',
    ]);
    expect(driftOf({ ...segment, options: { ipvlan_flag: 'private' } }, member, network)).toEqual([
      { field: 'options', planned: 'ipvlan_flag=private', actual: '' },
    ]);
  });
  it('an internal LAN stays one: adopted, and on a host that is added', () => {
    const networks = [{ ...here, labels: {}, internal: true, options: { ipvlan_flag: 'private' } }];
    const [candidate] = segmentCandidates([], { engines, networks });
    expect(candidate).toMatchObject({ internal: true, options: { ipvlan_flag: 'private' } });
    const added = plan(
      { kind: 'add-segment-host', segmentId: candidate!.id, host: { engineId: 'e2', parentNic: 'eth0' } },
      { plan: [candidate!], networks },
    );
    expect(specs(added)).toMatchObject([{ internal: true, options: { ipvlan_flag: 'private' } }]);
  });
  it('adopts two addresses that two subnets exclude under one name, and loses neither on the way out', () => {
    const subnets: Network['subnets'] = [
      { ...here.subnets[0]!, exclusions: { nas: '10.70.1.5' } },
      { subnet: '10.9.0.0/24', gateway: '10.9.0.1', exclusions: { nas: '10.9.0.9' } },
    ];
    const networks = [{ ...byHand(here), subnets }];
    const [adopted] = segmentCandidates([], { engines, networks });
    const [member] = adopted!.members;
    expect(member?.exclusions).toEqual({ nas: '10.70.1.5', 'nas-2': '10.9.0.9' });
    const [file] = exportSegmentFiles(adopted!, 'docker', engines);
    expect(file?.text).toContain('--aux-address nas=10.70.1.5');
    expect(file?.text).toContain('--aux-address nas-2=10.9.0.9');
    const { segments } = importSegmentText({ text: file!.text, format: 'docker' }, () => null as never);
    expect(segments[0]?.hosts[0]?.exclusions).toEqual(member?.exclusions);
    expect(driftOf(adopted!, member!, networks[0]!)).toEqual([]);
    // As it is made again where it was lost: what it excluded it excludes.
    expect(driftOf(adopted!, memberOf(networks[0]!), made(adopted!)[0]!)).toEqual([]);
  });
  it('adopts hosts that keep their subnets in another order', () => {
    const other = { subnet: '10.9.0.0/24', ipRange: '10.9.0.64/26', exclusions: {} };
    const there = { subnet: '10.9.0.0/24', ipRange: '10.9.0.128/26', exclusions: {} };
    const [one, two] = made(planned).map(({ labels: _labels, ...rest }) => ({ ...rest, labels: {} }));
    const networks = [
      { ...one!, subnets: [one!.subnets[0]!, other] },
      { ...two!, subnets: [two!.subnets[0]!, there] },
    ];
    const turned = networks.map((each, index) =>
      index === 0 ? each : { ...each, subnets: [...each.subnets].reverse() },
    );
    const [candidate] = segmentCandidates([], { engines, networks });
    for (const view of [networks, turned]) {
      const members = view.map((each) => ({ ...memberOf(each) }));
      const [found] = recogniseSegments([{ ...candidate!, members: [members[0]!] }], {
        engines,
        networks: view,
      });
      expect(found?.members.map((each) => [each.ipRange, each.moreRanges])).toEqual([
        ['10.70.1.128/26', ['10.9.0.64/26']],
        ['10.70.1.192/26', ['10.9.0.128/26']],
      ]);
      expect(segmentCandidates([], { engines, networks: view })).toHaveLength(1);
      const adopted = { ...candidate!, members: found!.members };
      expect(
        recogniseSegments([adopted], { engines, networks: view })[0]?.members.map((each) => each.drift),
      ).toEqual([[], []]);
    }
  });
  it.each<[string, Partial<Network>]>([
    ['another driver', { kind: 'bridge' }],
    ['settings from elsewhere', { configFrom: 'x' }],
    ['a config-only network', { configOnly: true }],
    ['a swarm network', { scope: 'swarm' }],
    ['no parent', { parent: '' }],
    ['no subnet', { subnets: [] }],
    ['IPv6 without a subnet told', { ipv6: true }],
    ['another IPAM driver', { ipamDriver: 'dhcp' }],
  ])('is null for %s', (_what, over) => {
    expect(specOf({ ...here, ...over })).toBeNull();
  });
});
