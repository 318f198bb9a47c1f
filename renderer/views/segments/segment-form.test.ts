import { describe, expect, it } from 'vitest';
import { segmentRequestSchema, type ImportedSegment, type Segment } from '../../../shared/model';
import { findLans, hueCount, tagSegments } from '../../graph';
import { engine, macvlan } from '../../testing/fixtures';
import { segmentSwatches } from '../../theme/lan-colours';
import { formFieldOf } from './segment-fields';
import { formErrors, requestOfForm, shapeProblems } from './form-request';
import { initialForm, tickedHost, type SegmentForm } from './segment-form';

const world = {
  engines: [engine('b'), engine('a'), engine('c', { state: 'offline' })],
  networks: [macvlan('a', 'lan', { parent: 'eno1.10' })],
};
const segment: Segment = {
  id: 'seg-1',
  name: 'iot',
  vlan: 20,
  subnets: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }, { subnet: 'fd00::/64' }],
  driver: 'ipvlan',
  mode: 'l2',
  mtu: 1400,
  reserved: [{ from: '10.1.0.5', to: '10.1.0.9', kind: 'dhcp' }],
  members: [{ engineId: 'a', parentNic: 'eno1', networkName: 'iot', ipRange: '10.1.0.32/27' }],
};
const filled = (patch: Partial<SegmentForm> = {}): SegmentForm => ({
  ...initialForm({ kind: 'create' }, [], world)!,
  name: ' iot ',
  subnet: '10.1.0.0/24',
  ...patch,
});

describe('the form of a new segment', () => {
  it('has every host that answers, with the NIC that its networks tell', () => {
    const { hosts } = filled();
    expect(hosts.map(({ engineId, chosen, nic }) => [engineId, chosen, nic])).toEqual([
      ['a', true, 'eno1'],
      ['b', true, ''],
      ['c', false, ''],
    ]);
  });

  it('prefers the NIC that most networks stand on; settings for networks to come are none', () => {
    const on = (name: string, parent: string, over: object = {}) => macvlan('a', name, { parent, ...over });
    const networks = [
      on('storage', 'eno1', { configOnly: true }),
      on('backup', 'eno2'),
      on('lan', 'eth0'),
      on('iot', 'eth0.20'),
    ];
    const form = initialForm({ kind: 'create' }, [], { ...world, networks })!;
    expect(form.hosts[0]).toMatchObject({ engineId: 'a', nic: 'eth0' });
  });

  it('gives a request that the contract takes, empty fields left out', () => {
    const request = requestOfForm(
      filled({ vlan: ' 20 ', reserved: [{ from: '10.1.0.9', to: '', kind: 'dhcp' }] }),
      {
        kind: 'create',
      },
    );
    expect(segmentRequestSchema.parse(request)).toMatchObject({
      kind: 'create-segment',
      segment: {
        name: 'iot',
        vlan: 20,
        subnets: [{ subnet: '10.1.0.0/24' }],
        reserved: [{ from: '10.1.0.9', to: '10.1.0.9' }],
      },
      hosts: [{ engineId: 'a', parentNic: 'eno1' }, { engineId: 'b' }],
    });
  });

  it.each<[string, Partial<SegmentForm>, string]>([
    ['no name', { name: ' ' }, 'name'],
    ['VLAN 4095', { vlan: '4095' }, 'vlan'],
    ['VLAN 1.5', { vlan: '1.5' }, 'vlan'],
    ['an MTU of nothing', { mtu: '67' }, 'mtu'],
    ['no host', { hosts: [] }, 'hosts'],
  ])('asks for nothing with %s', (_what, patch, field) => {
    expect(formErrors(filled(patch))).toHaveProperty(field);
    expect(requestOfForm(filled(patch), { kind: 'create' })).toBeNull();
  });

  it('takes a colour that no segment has', () => {
    const first = filled().colour;
    const second = initialForm({ kind: 'create' }, [{ ...segment, colour: first }], world)?.colour;
    expect(second).not.toBe(first);
  });

  it('takes a colour that no LAN in the picture has; of colours that all are taken, the rarest', () => {
    const [, second, third] = segmentSwatches;
    const beside = (hues: number[]) => {
      const [lan] = findLans([macvlan('a', 'lan')]);
      const lans = hues.map((hue) => ({ ...lan!, hue }));
      return initialForm({ kind: 'create' }, [], world, lans)?.colour;
    };
    expect(beside([0, 1])).toBe(third);
    const all = segmentSwatches.map((_each, hue) => hue);
    expect(beside([...all, 0])).toBe(second);
  });
});

describe('the form of what was imported', () => {
  const draft = {
    name: 'lan77',
    vlan: null,
    subnets: [{ subnet: '192.168.77.0/24' }, { subnet: '10.7.0.0/24' }],
  };
  const from = (hosts: ImportedSegment['hosts']): ImportedSegment => ({
    segment: { ...draft, driver: 'macvlan', mode: 'bridge', reserved: [], internal: true },
    hosts,
  });
  const text = {
    hostName: '',
    parentNic: 'p7',
    networkName: 'lan77',
    ipRange: '192.168.77.240/28',
    exclusions: { nas: '192.168.77.241' },
  };
  const formOf = (imported: ImportedSegment) => initialForm({ kind: 'create', from: imported }, [], world)!;

  it('has the text’s NIC, range and exclusions for the first host, and no other host', () => {
    const form = formOf(from([text]));
    expect(form.hosts.map(({ engineId, chosen, ipRange }) => [engineId, chosen, ipRange])).toEqual([
      ['a', true, '192.168.77.240/28'],
      ['b', false, null],
      ['c', false, null],
    ]);
    const { hostName: _name, ...rest } = text;
    expect(requestOfForm(form, { kind: 'create' })).toMatchObject({
      segment: { internal: true, subnets: draft.subnets },
      hosts: [{ engineId: 'a', ...rest }],
    });
  });

  it('gives them to the host that is ticked first', () => {
    const imported = from([text]);
    const none = formOf(imported).hosts.map((host) => ({ ...host, chosen: false }));
    expect(tickedHost(none, 'b', imported)).toMatchObject({ nic: 'p7', ipRange: '192.168.77.240/28' });
    expect(tickedHost(formOf(imported).hosts, 'b', imported)).toEqual({ chosen: true });
  });

  it('spreads networks of no host in particular over the hosts, one each', () => {
    const second = { ...text, parentNic: 'eno1', ipRange: '192.168.77.224/28' };
    const { hosts } = formOf(from([text, second]));
    expect(hosts.map(({ nic, ipRange }) => [nic, ipRange])).toEqual([
      ['p7', '192.168.77.240/28'],
      ['eno1', '192.168.77.224/28'],
      ['p7', null],
    ]);
  });
});

describe('the colour of LANs', () => {
  const lanOn = (each: number) =>
    macvlan('a', `n${String(each)}`, {
      parent: `eth${String(each)}`,
      subnets: [{ subnet: `10.${String(each)}.0.0/24`, exclusions: {} }],
    });
  const adopted = (each: number, name = `n${String(each)}`): Segment => ({
    ...segment,
    ...{ id: `seg-${String(each)}`, name, subnets: [{ subnet: `10.${String(each)}.0.0/24` }] },
    members: [{ engineId: 'a', parentNic: `eth${String(each)}`, networkName: `n${String(each)}` }],
  });
  /** The colour of each network as the picture has it. */
  const coloursOf = (plan: Segment[], networks: ReturnType<typeof lanOn>[]) => {
    const views = plan.map((one) => ({
      segment: one,
      members: networks
        .filter(({ name }) => one.members.some((member) => member.networkName === name))
        .map(({ engineId, id }) => ({ engineId, networkId: id })),
    }));
    const { tags } = tagSegments(views as never, segmentSwatches);
    const lans = findLans(networks, tags);
    const of = ({ id }: { id: string }) => lans.find((lan) => lan.members[0]?.networkId === id)?.hue;
    return { lans, hues: networks.map(of) };
  };
  /** As the form of adopting or editing it has it. */
  const kept = (
    one: Segment,
    kind: 'adopt' | 'edit',
    plan: Segment[],
    networks: ReturnType<typeof lanOn>[],
  ) => {
    const { lans } = coloursOf(plan, networks);
    const purpose =
      kind === 'adopt' ? ({ kind, segment: one } as const) : ({ kind, segmentId: one.id } as const);
    return { ...one, colour: initialForm(purpose, plan, { ...world, networks }, lans)!.colour };
  };

  it.each([3, 7, 8, 12])('stays as %i LANs become segments in any order', (count) => {
    for (let first = 0; first < 20; first++) {
      const numbers = Array.from({ length: count }, (_each, index) => first * 12 + index + 1);
      const networks = numbers.map(lanOn);
      const before = coloursOf([], networks).hues;
      expect(new Set(before).size).toBe(Math.min(count, hueCount));
      const plan: Segment[] = [];
      for (const each of [...numbers].sort((a, b) => ((a * 7) % 13) - ((b * 7) % 13))) {
        plan.push(kept(adopted(each), 'adopt', plan, networks));
        expect(coloursOf(plan, networks).hues).toEqual(before);
      }
      plan.shift();
      expect(coloursOf(plan, networks).hues).toEqual(before);
    }
  });

  it('stays when a segment is renamed or gets another subnet, also where none was chosen', () => {
    const networks = [1, 2, 3].map(lanOn);
    const bare = adopted(2);
    const { hues } = coloursOf([bare], networks);
    const edited = { ...kept(bare, 'edit', [bare], networks), name: 'other' };
    for (let subnet = 70; subnet < 90; subnet++) {
      const there = { ...lanOn(subnet), id: networks[1]!.id, name: 'n2' };
      const moved = networks.map((each) => (each.name === 'n2' ? there : each));
      expect(coloursOf([edited], moved).hues).toEqual(hues);
    }
  });

  it('of a segment is given to no LAN that comes later, while there are others', () => {
    for (let each = 1; each < 60; each++) {
      const own = kept(adopted(200), 'adopt', [], [lanOn(200)]);
      const [hue, later] = coloursOf([own], [lanOn(200), lanOn(each)]).hues;
      expect(later).not.toBe(hue);
    }
  });
});

describe('the form of a segment that exists', () => {
  it('stands for the same segment while nothing is edited', () => {
    const purpose = { kind: 'edit', segmentId: 'seg-1' } as const;
    const form = initialForm(purpose, [segment], world)!;
    const { id: _id, members: _members, ...draft } = segment;
    const hosts = [{ engineId: 'a', parentNic: 'eno1', networkName: 'iot' }];
    expect(requestOfForm(form, purpose)).toEqual({
      ...{ kind: 'edit-segment', segmentId: 'seg-1', segment: draft, hosts },
    });
    // Its range goes along only once the admin writes one: it would be outside of another subnet.
    const [host] = form.hosts;
    const written = { ...form, hosts: [{ ...host!, ipRange: '10.1.0.64/27' }] };
    expect(requestOfForm(written, purpose)).toMatchObject({ hosts: [{ ipRange: '10.1.0.64/27' }] });
  });

  it('adds the first host that it does not have', () => {
    const form = initialForm({ kind: 'add-host', segmentId: 'seg-1' }, [segment], world)!;
    expect(form.hosts).toMatchObject([{ engineId: 'b', chosen: true, nic: 'eno1' }]);
  });

  it('is none when the segment is gone', () => {
    expect(initialForm({ kind: 'edit', segmentId: 'nobody' }, [segment], world)).toBeNull();
  });
});

describe('what is no address, subnet, range or NIC at all', () => {
  it('is told of every field, whatever is wrong with the others', () => {
    const form = initialForm({ kind: 'create' }, [], world)!;
    const [first] = form.hosts;
    const hosts = form.hosts.map((host) =>
      host === first
        ? { ...host, chosen: true, nic: 'eth0/1', ipRange: 'rubbish', ipRange6: '1.2.3.4/40' }
        : host,
    );
    const wrong = {
      ...{ ...form, vlan: '5000', mtu: '99999', gateway: '10.70.2.999', gateway6: 'x', hosts },
      ...{ subnet: '10.0.0.0/33', subnet6: 'fd00::/129', more: [{ subnet: '10.9/x', gateway: '' }] },
    };
    expect(requestOfForm(wrong, { kind: 'create' })).toBeNull();
    expect(Object.keys(shapeProblems(wrong)).sort()).toEqual(
      [
        ...['subnet', 'subnet6', 'more', 'gateway', 'gateway6'],
        ...['nic', 'ipRange', 'ipRange6'].map((field) => `${field}@${first!.engineId}`),
      ].sort(),
    );
    expect(shapeProblems({ ...form, gateway: '10.1.0.1', gateway6: 'fd00::1' })).toEqual({});
  });
});

describe('formFieldOf', () => {
  const problem = (field: string | undefined, engineId?: string) =>
    formFieldOf({
      code: 'internal',
      message: '',
      ...(field ? { field } : {}),
      ...(engineId ? { engineId } : {}),
    });

  it.each([
    ['segment.subnets.0.gateway', undefined, 'gateway'],
    ['segment.subnets.1.subnet', undefined, 'subnet6'],
    ['segment.subnets.2.gateway', undefined, 'more'],
    ['spec.exclusions.0', 'a', 'exclusions@a'],
    ['segment.reserved.2', undefined, 'reserved'],
    ['request.segment.name', undefined, 'name'],
    ['spec.parent', 'a', 'nic@a'],
    ['ipRange', 'a', 'ipRange@a'],
    ['spec.name', 'a', 'networkName@a'],
  ])('%s is shown by its field', (field, engineId, shown) => {
    expect(problem(field, engineId)).toBe(shown);
  });

  it('leaves what concerns one host alone, and has no field, to that host', () => {
    expect(problem('spec.subnet', 'a')).toBeNull();
    expect(problem('segment.subnets', 'a')).toBeNull();
    expect(problem('detachRunning', 'a')).toBeNull();
    expect(problem(undefined, 'a')).toBeNull();
  });
});
