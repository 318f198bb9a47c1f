import { describe, expect, it } from 'vitest';
import type { Container, Network, Problem, Segment } from '../../../shared/model';
import { recogniseSegments } from '../../../shared/rules';
import { container, engine, macvlan, twoHosts } from '../../testing/fixtures';
import { createI18n } from '../../i18n';
import {
  choiceGroups,
  choiceText,
  commonProblem,
  fitting,
  networkChoices,
  segmentChoices,
} from './attach-choices';
import { fieldOf, otherProblems } from '../../components/change/fields';
import { emptyForm, exampleRange, knownNics, parentOf, specOf, vlanProblem } from './spec-form';
import { applyLabel, changeTitle } from '../../context/change/words';
import { exampleGateway } from '../../components/change/example-gateway';
import { words } from '../features';

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;

describe('networks to attach to', () => {
  it('are those of the same host, with the reason where they refuse', () => {
    const snapshot = twoHosts();
    expect(networkChoices(snapshot.containers[0]!, snapshot)).toMatchObject([
      { network: { name: 'lan', engineId: 'a' }, problem: null },
    ]);
    expect(networkChoices(snapshot.containers[1]!, snapshot)[0]?.problem?.code).toBe('already_connected');
  });

  it('are found by what is written of them', () => {
    const [choice] = networkChoices(twoHosts().containers[0]!, twoHosts());
    expect(choiceText(choice!)).toContain('10.70.1.0/24');
  });

  it('are listed by how well their name answers what was typed', () => {
    const [web] = twoHosts().containers;
    const networks = ['iot', 'wlan', 'lan2', 'lan', 'vlan-settings'].map((name) => macvlan('a', name));
    const all = networkChoices(web!, { ...twoHosts(), networks });
    const names = (typed: string) =>
      fitting(all, typed).map((each) => each.kind === 'network' && each.network.name);
    expect(names(' LAN')).toEqual(['lan', 'lan2', 'vlan-settings', 'wlan', 'iot']);
    expect(names('')).toEqual(['iot', 'lan', 'lan2', 'vlan-settings', 'wlan']);
    expect(names('nowhere')).toEqual([]);
  });

  it('say once what is the container’s own reason', () => {
    const host = container('a', 'h', { networkMode: { kind: 'host' } });
    const snapshot = { ...twoHosts(), containers: [host] };
    expect(commonProblem(networkChoices(host, snapshot))?.code).toBe('host_mode');
    expect(commonProblem([])).toBeNull();
  });
});

describe('segments to attach to', () => {
  const iot: Segment = {
    id: 'seg',
    name: 'iot',
    vlan: 20,
    subnets: [{ subnet: '10.70.20.0/24', gateway: '10.70.20.1' }],
    driver: 'macvlan',
    mode: 'bridge',
    reserved: [],
    members: [{ engineId: 'b', parentNic: 'eth0', networkName: 'iot' }],
  };
  const net = (engineId: string) =>
    macvlan(engineId, 'iot', {
      parent: 'eth0.20',
      subnets: [{ subnet: '10.70.20.0/24', gateway: '10.70.20.1', exclusions: {} }],
    });
  const choices = (segment: Segment, networks: Network[], over: Partial<Container> = {}) => {
    const bare = twoHosts();
    const web = { ...bare.containers[0]!, ...over };
    const snapshot = { ...bare, networks: [...bare.networks, ...networks], containers: [web] };
    return segmentChoices(web, snapshot, recogniseSegments([segment], snapshot));
  };

  it('are those of other hosts, with what a drop on the band asks for', () => {
    const [choice, ...rest] = choices(iot, [net('b')]);
    expect(rest).toEqual([]);
    expect(choice).toMatchObject({
      hosts: ['b'],
      missing: false,
      problem: null,
      request: {
        kind: 'attach-to-segment',
        segmentId: 'seg',
        engineId: 'a',
        host: { engineId: 'a', parentNic: 'eth0' },
      },
    });
    expect(choiceText(choice!)).toContain('vlan 20');
  });

  it('are not those that the host has, planned or not', () => {
    expect(choices(iot, [net('a'), net('b')])).toEqual([]);
  });

  it('are made again where they are planned and gone', () => {
    const both = { ...iot, members: [...iot.members, { ...iot.members[0]!, engineId: 'a' }] };
    const [choice] = choices(both, [net('b')]);
    expect(choice).toMatchObject({ missing: true, hosts: ['b'] });
    expect(choice?.request).not.toHaveProperty('host');
  });

  it('come before what can’t be had, and take no heading from networks alone', () => {
    const bare = twoHosts();
    const [web] = bare.containers;
    const ownHost = macvlan('a', 'host', { kind: 'host', driver: 'host' });
    const networks = networkChoices(web!, { ...bare, networks: [...bare.networks, ownHost] });
    const groups = choiceGroups(networks, choices(iot, [net('b')]));
    expect(groups.map(({ kind, choices: of }) => [kind, of.length])).toEqual([
      ['networks', 1],
      ['segments', 1],
      ['refused', 1],
    ]);
    expect(choiceGroups(networks, []).map(({ kind }) => kind)).toEqual(['all']);
  });

  it('say why they can’t be had', () => {
    const [choice] = choices(iot, [net('b')], { networkMode: { kind: 'host' } });
    expect(choice).toMatchObject({ request: null, problem: { code: 'host_mode' } });
  });
});

describe('a new network', () => {
  it('sits on the VLAN link of its card', () => {
    expect(parentOf({ nic: ' eth0 ', vlan: '10' })).toBe('eth0.10');
    expect(parentOf({ nic: 'eth0', vlan: ' ' })).toBe('eth0');
  });

  it('leaves out what is empty', () => {
    const spec = specOf({
      ...emptyForm('a', 'eth1'),
      name: ' lan ',
      subnet: '10.0.0.0/24',
      exclusions: ['10.0.0.5', ' '],
    });
    expect(spec).toEqual({
      name: 'lan',
      driver: 'macvlan',
      parent: 'eth1',
      mode: 'bridge',
      subnet: '10.0.0.0/24',
      exclusions: ['10.0.0.5'],
      internal: false,
    });
  });

  it('has both families where both are filled in', () => {
    const spec = specOf({
      ...emptyForm('a', 'eth1'),
      name: 'lan',
      subnet: '10.0.0.0/24',
      subnet6: ' fd00:70::/112 ',
      gateway6: 'fd00:70::1',
      ipRange6: '',
    });
    expect(spec).toMatchObject({ subnet: '10.0.0.0/24', subnet6: 'fd00:70::/112', gateway6: 'fd00:70::1' });
    expect(spec).not.toHaveProperty('ipRange6');
  });

  it('suggests the cards that networks of the host already use', () => {
    const networks = [
      macvlan('a', 'x', { parent: 'eth1.20' }),
      macvlan('a', 'y'),
      macvlan('b', 'z', { parent: 'wan' }),
    ];
    expect(knownNics({ networks }, 'a')).toEqual(['eth0', 'eth1']);
  });
});

describe('problems and fields', () => {
  const at = (field?: string): Problem => ({
    code: 'subnet_invalid',
    message: '',
    ...(field ? { field } : {}),
  });

  it('meet by name, however deep the field is', () => {
    expect(fieldOf(at('spec.exclusions.0'))).toBe('exclusions');
    expect(fieldOf(at('request.ipv4'))).toBe('ipv4');
    expect(fieldOf(at())).toBeNull();
    expect(otherProblems([at('spec.subnet'), at()], ['subnet'])).toHaveLength(1);
  });
});

describe('titles', () => {
  const t = createI18n('en', words).getFixedT('en', 'change');

  it('name what the inventory knows, and the short id of what is gone', () => {
    const snapshot = { ...twoHosts(), engines: [engine('a')] };
    expect(changeTitle(t, attach, [], snapshot)).toBe('Attach web to lan');
    const gone = { ...attach, containerId: '0123456789abcdef0123' };
    expect(changeTitle(t, gone, [], snapshot)).toBe('Attach 0123456789ab to lan');
  });

  it('prefer the names of the steps, which outlive what they name', () => {
    const step = {
      op: 'disconnect',
      containerId: 'x',
      containerName: 'old',
      networkId: 'y',
      networkName: 'lan9',
    } as const;
    const request = { kind: 'detach', engineId: 'a', containerId: 'x', networkId: 'y' } as const;
    expect(changeTitle(t, request, [step], twoHosts())).toBe('Detach old from lan9');
    expect(applyLabel(t, request, [step])).toBe('Detach');
    // What a failed attach has left is no attachment.
    const left = { ...step, leftover: true } as const;
    expect(changeTitle(t, request, [left], twoHosts())).toBe(
      'Clear what a failed attach left of old on lan9',
    );
    expect(applyLabel(t, request, [left])).toBe('Clear');
    const other = { ...left, networkId: 'z', networkName: 'cams' };
    expect(changeTitle(t, request, [step, other], twoHosts())).toBe('Detach old from lan9');
  });
});

it('a VLAN id is a whole number from 1 to 4094, or left out', () => {
  const fine = ['', ' ', '1', ' 20 ', '4094'].map((vlan) => vlanProblem({ vlan }));
  expect(fine).toEqual([null, null, null, null, null]);
  for (const vlan of ['5000', '4095', '0', '007', 'abc', '1.5', '-1', '１２'])
    expect(vlanProblem({ vlan })).toMatchObject({ code: 'vlan_invalid', field: 'vlan' });
});

it('the example of a range is one of the subnet that was typed', () => {
  const of = (subnet: string) => exampleRange(subnet);
  expect(of('10.80.0.0/24')).toBe('10.80.0.192/27');
  expect(of('172.20.0.0/16')).toBe('172.20.192.0/19');
  expect(['', '10.80.0.0/3x', 'fd00::/64', '10.0.0.0/30'].map(of)).toEqual(Array(4).fill('192.168.1.192/27'));
});

it('the example of a gateway is the first address of the subnet that was typed', () => {
  const of = (subnet: string) => exampleGateway(subnet, '192.168.1.0/24');
  expect(['10.80.0.0/24', ' 10.80.3.128/25 ', 'fd00:7::/64'].map(of)).toEqual([
    '10.80.0.1',
    '10.80.3.129',
    'fd00:7::1',
  ]);
  expect(['', '10.80.'].map(of)).toEqual(Array(2).fill('192.168.1.1'));
  // No router fits beside a host.
  expect(['10.0.0.0/31', '10.0.0.1/32'].map(of)).toEqual(['', '']);
  expect(exampleGateway('')).toBe('');
});
