import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Problem } from '../../model';
import { englishHints } from '../../texts/messages';
import { container } from '../testing';
import { importSegmentText } from './import';
import { create, here, host, networks, office, plan, specs } from './testing';

/** What a form needs of a refusal: which one, of which values, at which field, on which host. */
const told = ({ code, params, field, engineId }: Problem) => ({
  code,
  params,
  ...(field === undefined ? {} : { field }),
  ...(engineId === undefined ? {} : { engineId }),
});
const refusals = (found: ReturnType<typeof plan>) => found.problems.map(told);

/** A segment that goes well beside the planned one, but for `over`. */
const beside = (over: object) =>
  refusals(
    plan({
      kind: 'create-segment',
      segment: { ...office, name: 'New', subnets: [{ subnet: '10.1.0.0/24' }], ...over },
      hosts: [host('e1')],
    }),
  );

describe('a draft', () => {
  it('needs a name of its own', () => {
    const field = 'segment.name';
    expect(beside({ name: ' ' })).toEqual([{ code: 'segment_name_missing', params: {}, field }]);
    expect(beside({ name: 'OFFICE' })).toEqual([
      { code: 'segment_name_taken', params: { segment: 'OFFICE' }, field },
    ]);
  });
  it('has one IPv4 subnet that no segment of its VLAN has', () => {
    const field = 'segment.subnets';
    expect(beside({ subnets: [{ subnet: 'fd00::/64' }] })).toEqual([
      { code: 'segment_subnets_invalid', params: {}, field },
    ]);
    const clash = { subnets: [{ subnet: '10.70.0.0/16' }] };
    const params = { segment: 'Office', subnet: '10.70.0.0/16' };
    expect(beside(clash)).toEqual([{ code: 'segment_overlap', params: { ...params, vlan: 10 }, field }]);
    const flat = { ...office, id: 'seg-1', vlan: null, members: [] };
    const found = create({ ...clash, name: 'New', vlan: null }, [host('e1')], { plan: [flat] });
    expect(refusals(found)).toEqual([
      { code: 'segment_overlap', params: { ...params, context: 'untagged' }, field },
    ]);
  });
  it.each([
    ['10.1.0.0/24', 'fe80::/64', 'link_local6', 1],
    ['10.1.0.0/24', 'febf:1::/64', 'link_local6', 1],
    ['169.254.0.0/16', undefined, 'link_local', 0],
    ['169.254.7.0/24', undefined, 'link_local', 0],
    ['10.1.0.0/24', 'ff02::/64', 'reserved6', 1],
    ['10.1.0.0/24', '::/64', 'reserved6', 1],
    ['10.1.0.0/24', '::ffff:a01:0/112', 'reserved6', 1],
    ['127.0.0.0/24', undefined, 'reserved', 0],
    ['224.1.0.0/24', undefined, 'reserved', 0],
    ['240.1.0.0/24', undefined, 'reserved', 0],
    ['0.1.0.0/24', undefined, 'reserved', 0],
  ])('has no subnet that is no LAN’s: %s, %s', (first, second, context, at) => {
    const subnets = [first, second].flatMap((subnet) => (subnet ? [{ subnet }] : []));
    expect(beside({ subnets })).toEqual([
      {
        code: 'subnet_invalid',
        params: { context, subnet: subnets[at]?.subnet },
        field: `segment.subnets.${String(at)}.subnet`,
      },
    ]);
  });
  it('is told once, of the whole, that its addresses are public', () => {
    const found = create({ subnets: [{ subnet: '8.8.8.0/24' }] });
    expect(found.notices).toMatchObject([{ code: 'subnet_public', params: { subnet: '8.8.8.0/24' } }]);
    expect(JSON.stringify(found.hosts)).not.toContain('subnet_public');
  });
  it('needs a subnet that can be read, which is told once and not again by each host', () => {
    const all = (subnet: string) => {
      const found = create({ subnets: [{ subnet }] });
      return [...found.problems, ...found.hosts.flatMap((each) => each.problems)].map(told);
    };
    const field = 'segment.subnets';
    expect(all('10.1.0.0')).toEqual([
      { code: 'subnet_invalid', params: { subnet: '10.1.0.0' }, field: `${field}.0.subnet` },
    ]);
    expect(all('fd00::/64')).toEqual([{ code: 'segment_subnets_invalid', params: {}, field }]);
    expect(all('')).toEqual([{ code: 'segment_subnets_invalid', params: {}, field }]);
  });
  it('reserves ranges of its own subnet', () => {
    const reserve = (from: string, to: string) => beside({ reserved: [{ from, to, kind: 'dhcp' }] });
    const field = 'segment.reserved.0';
    expect(reserve('10.1.0.9', '10.1.0.1')).toEqual([
      { code: 'reserved_invalid', params: { from: '10.1.0.9', to: '10.1.0.1' }, field },
    ]);
    const outside = { from: '10.9.0.1', to: '10.9.0.9', context: 'outside' };
    expect(reserve('10.9.0.1', '10.9.0.9')).toEqual([{ code: 'reserved_invalid', params: outside, field }]);
    const reserved = [{ from: '10.1.0.1', to: '10.1.0.9', kind: 'dhcp' }];
    expect(beside({ subnets: [{ subnet: '10.1' }], reserved }).map(({ code }) => code)).toEqual([
      'subnet_invalid',
    ]);
  });
});

describe('hosts', () => {
  it('have ranges apart from each other and from reserved addresses', () => {
    const two = (over: object) =>
      create(over, [host('e1', { ipRange: '10.70.1.0/25' }), host('e2', { ipRange: '10.70.1.64/26' })]);
    const place = { engineId: 'e2', field: 'ipRange' };
    expect(refusals(two({}))).toEqual([
      {
        code: 'range_overlap',
        params: { range: '10.70.1.64/26', other: '10.70.1.0/25', host: 'host-e1' },
        ...place,
      },
    ]);
    const reserved = [{ from: '10.70.1.70', to: '10.70.1.79', kind: 'reserved' as const }];
    const params = { context: 'reserved', range: '10.70.1.64/26', from: '10.70.1.70', to: '10.70.1.79' };
    expect(refusals(two({ reserved }))).toContainEqual({ code: 'range_overlap', params, ...place });
  });
  it('are told that a NIC is missing, not that half a name is a bad one', () => {
    const found = create({}, [host('e1', { parentNic: ' ' }), host('e2')]);
    const params = { context: 'empty' };
    const told_ = found.hosts.flatMap((each) => each.problems).map(told);
    expect(told_).toEqual([{ code: 'parent_invalid', params, field: 'spec.parent', engineId: 'e1' }]);
  });
  it('get a network named after the VLAN where engines can take no letter of the segment’s name', () => {
    expect(specs(create({ name: '办公室' })).map((spec) => spec.name)).toEqual(['vlan10', 'vlan10']);
    expect(specs(create({ name: '办公室', vlan: null })).map((spec) => spec.name)).toEqual([
      'segment',
      'segment',
    ]);
  });
  it('are told that there is no room for a range of each, where reserved addresses take it', () => {
    const reserved = [{ from: '10.70.1.2', to: '10.70.1.250', kind: 'reserved' as const }];
    const params = { context: 'ranges', subnet: '10.70.1.0/24' };
    expect(refusals(create({ reserved }))).toEqual(
      ['e1', 'e2'].map((engineId) => ({ code: 'subnet_full', params, field: 'ipRange', engineId })),
    );
  });
  it('are named once, and there, or not', () => {
    expect(refusals(create({}, [host('e1'), host('e1')]))).toContainEqual({
      code: 'host_repeated',
      params: { host: 'host-e1' },
      field: 'hosts',
      engineId: 'e1',
    });
    const params = { segment: 'Office', host: 'host-e2' };
    const add = plan({ kind: 'add-segment-host', segmentId: 'seg-1', host: host('e2') });
    const there = { params, engineId: 'e2' };
    expect(refusals(add)).toEqual([{ code: 'segment_has_host', field: 'host.engineId', ...there }]);
    const one = { plan: [{ ...office, id: 'seg-1', members: [] }] };
    const edit = plan(
      { kind: 'edit-segment', segmentId: 'seg-1', segment: office, hosts: [host('e2')] },
      one,
    );
    expect(refusals(edit)).toEqual([{ code: 'segment_lacks_host', field: 'hosts', ...there }]);
    const gone = plan({ kind: 'remove-segment-host', segmentId: 'seg-1', engineId: 'e2' }, one);
    expect(refusals(gone)).toEqual([
      {
        code: 'segment_lacks_host',
        params: { ...params, context: 'gone' },
        field: 'engineId',
        engineId: 'e2',
      },
    ]);
  });
  it('are those of the container that is attached', () => {
    const bare = { plan: [{ ...office, id: 'seg-1', members: [] }], containers: [container()] };
    const attach = {
      kind: 'attach-to-segment',
      segmentId: 'seg-1',
      engineId: 'e1',
      containerId: 'e1-web',
    } as const;
    expect(refusals(plan(attach, bare))).toEqual([
      {
        code: 'segment_lacks_host',
        params: { segment: 'Office', host: 'host-e1', context: 'attach' },
        field: 'host',
        engineId: 'e1',
      },
    ]);
    expect(refusals(plan({ ...attach, host: host('e2') }, bare))).toEqual([
      { code: 'segment_other_host', params: { host: 'host-e1', other: 'host-e2' }, field: 'host' },
    ]);
  });
});

it('a segment or network that can’t be had is named', () => {
  expect(refusals(plan({ kind: 'forget-segment', segmentId: 'nope' }))).toEqual([
    { code: 'segment_not_found', params: { segment: 'nope' }, field: 'segmentId' },
  ]);
  const strange = [{ ...here, configFrom: 'settings' }, ...networks.slice(1)];
  const found = plan({ kind: 'delete-segment', segmentId: 'seg-1' }, { networks: strange });
  expect(found.hosts.flatMap((each) => each.problems).map(told)).toEqual([
    { code: 'network_not_recreatable', params: { network: 'office', host: 'host-e1' }, engineId: 'e1' },
  ]);
});

describe('a text', () => {
  const read = (text: string, format: 'docker' | 'compose' = 'docker') =>
    importSegmentText({ text, format }, (yaml) => ({ data: parse(yaml) as unknown, lineOf: () => 1 }))
      .problems;
  const wrong = (text: string, format: 'docker' | 'compose' = 'docker') => read(text, format).map(told);
  /** What is wrong with one network is told with its name and line. */
  const placed = ({ params: { detail: _text, ...params } = {}, reasons, ...rest }: Problem) => ({
    ...rest,
    params: { ...params, ...reasons },
  });
  const create_ = 'docker network create';
  const lan = `${create_} -d macvlan -o parent=eth0`;

  it.each<[string, string, Problem['params']]>([
    ['import_empty', 'echo hello', {}],
    ['import_variable', `\n${create_} $NAME`, { line: 2, network: '$NAME', variable: '$NAME' }],
    ['import_line', `${create_} 'a`, { line: 1 }],
    ['import_line', `${create_} --frob=1 x`, { line: 1, context: 'option', option: '--frob' }],
    ['import_line', `${create_} lan --subnet`, { line: 1, context: 'value', option: '--subnet' }],
    ['import_line', `${create_} -d macvlan`, { line: 1, context: 'name' }],
    ['import_line', `${create_} a b`, { line: 1, context: 'name' }],
    ['import_skipped', `${create_} app`, { context: 'driver', network: 'app', line: 1, driver: 'bridge' }],
    ['import_skipped', `${lan} a`, { context: 'subnet', network: 'a', line: 1 }],
    [
      'import_skipped',
      `${create_} -d macvlan --subnet 10.0.0.0/24 a`,
      { context: 'parent', network: 'a', line: 1 },
    ],
    [
      'import_skipped',
      `${create_} -d macvlan --config-from lacking a`,
      { context: 'config', network: 'a', line: 1, config: 'lacking' },
    ],
  ])('is refused by %s: %j', (code, text, params) => {
    expect(wrong(text)).toEqual([{ code, params, field: 'text' }]);
  });
  it.each<[string, string, Problem['params']]>([
    [
      'gateway_outside_subnet',
      `${lan} --subnet 10.0.0.0/24 --gateway 10.9.0.1 a`,
      { address: '10.9.0.1', subnet: '10.0.0.0/24' },
    ],
    [
      'range_outside_subnet',
      `${lan} --subnet 10.0.0.0/24 --ip-range 10.9.0.0/28 a`,
      { range: '10.9.0.0/28', subnet: '10.0.0.0/24' },
    ],
    [
      'mode_invalid',
      `${lan} -o macvlan_mode=l2 --subnet 10.0.0.0/24 a`,
      { mode: 'l2', driver: 'macvlan', choices: 'bridge, private, vepa, passthru' },
    ],
    ['subnet_host_bits', `${lan} --subnet 10.0.0.7/24 a`, { subnet: '10.0.0.7/24', to: '10.0.0.0/24' }],
  ])('is refused with the network and its line by %s: %j', (code, text, params) => {
    const detail = { code, params };
    expect(read(`\n\n${text}`).map(placed)).toMatchObject([
      { code: 'import_network', params: { network: 'a', line: 3, detail }, field: 'text' },
    ]);
    expect(read(text)[0]?.message).toMatch(/^a \(line 1\): /);
  });
  it.each<[string, string, Problem['params']]>([
    ['import_unreadable', 'networks:\n  lan: [', { context: 'position', line: 2, column: 9 }],
    ['import_unreadable', 'networks:\n  lan: {}\n  lan: {}', { context: 'twice', line: 3, column: 3 }],
    ['import_empty', 'services: {}', { context: 'compose' }],
    [
      'import_skipped',
      'networks: { old: { external: true } }',
      { context: 'external', network: 'old', line: 1 },
    ],
  ])('in YAML is refused by %s: %j', (code, text, params) => {
    expect(wrong(text, 'compose')).toEqual([{ code, params, field: 'text' }]);
  });
  it('tells a host that has two networks of one LAN', () => {
    const on = (nic: string) => `${create_} -d macvlan -o parent=${nic} --subnet 10.0.0.0/24 ${nic}`;
    const text = `# host: attic\n${on('eth0')}\n${on('eth1')}`;
    const params = { context: 'lan_again', network: 'eth1', line: 3, host: 'attic', other: 2 };
    expect(read(text)).toMatchObject([{ code: 'import_skipped', params, field: 'text' }]);
    expect(wrong(`${on('eth0')}\n${on('eth1')}`)).toEqual([]);
  });
  it('is refused when its parser does not tell where it got stuck', () => {
    const { problems } = importSegmentText({ text: 'x', format: 'compose' }, () => {
      throw new Error('no');
    });
    expect(problems.map(told)).toEqual([{ code: 'import_unreadable', params: {}, field: 'text' }]);
    expect(problems[0]?.hint).toBe(englishHints['import_unreadable']);
  });
});
