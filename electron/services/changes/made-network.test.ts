import { describe, expect, it } from 'vitest';
import type { Network, NetworkSpec, Step } from '../../../shared/model';
import { formOf, type MakingStep } from '../../../shared/rules';
import { FakeEngine, network } from '../testing/fake-engine';
import { runSteps } from '../testing/unjournaled';
import { effectOf, lookAt } from './look';
import { isMadeBy } from './made-network';

const spec: NetworkSpec = {
  ...{ name: 'lan', driver: 'macvlan', parent: 'eth1', mode: 'bridge', internal: false, labels: {} },
  ...{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.32/27', exclusions: ['10.70.1.40'] },
};
const create: MakingStep = { op: 'create-network', networkName: 'lan', spec };
const pool = {
  ...{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.32/27' },
  exclusions: { printer: '10.70.1.40' },
};
const ours = { 'io.trunkline.managed': 'true' };
const shown = network('n1', 'lan', { subnets: [pool], labels: ours });
const restore: MakingStep = { op: 'restore-network', networkName: 'lan', form: formOf(shown) };

const others: [string, Partial<Network>][] = [
  ['another gateway', { subnets: [{ ...pool, gateway: '10.70.1.254' }] }],
  ['no gateway', { subnets: [{ ...pool, gateway: undefined } as unknown as typeof pool] }],
  ['another range', { subnets: [{ ...pool, ipRange: '10.70.1.64/27' }] }],
  ['other excluded addresses', { subnets: [{ ...pool, exclusions: {} }] }],
  ['another subnet', { subnets: [{ ...pool, subnet: '10.70.1.0/25' }] }],
  ['one more subnet', { subnets: [pool, { subnet: 'fd00:70::/64', exclusions: {} }] }],
  ['another parent', { parent: 'eth2', options: { parent: 'eth2', macvlan_mode: 'bridge' } }],
  ['another mode', { mode: 'private', options: { parent: 'eth1', macvlan_mode: 'private' } }],
  ['no way out', { internal: true }],
  ['no label of ours', { labels: {} }],
];

describe('a network is of a step’s making', () => {
  it.each([create, restore])('as it was asked for ($op)', (step) => {
    expect(isMadeBy(step)(shown)).toBe(true);
  });
  it.each(others)('but not with %s, whether it was to be made or made again', (_what, over) => {
    expect([create, restore].map((step) => isMadeBy(step)({ ...shown, ...over }))).toEqual([false, false]);
  });
  it('however the engine spells it, and with a gateway that nobody asked for', () => {
    const { gateway: _none, ...bare } = spec;
    const asked = { ...bare, subnet: '10.70.1.5/24', ipRange: '10.70.1.33/27' };
    expect(isMadeBy({ ...create, spec: asked } as MakingStep)(shown)).toBe(true);
  });
  it('with a label that the engine has of its own, where it is not made again as it was', () => {
    const more = { ...shown, labels: { ...ours, 'com.example.of': 'engine' } };
    expect([create, restore].map((step) => isMadeBy(step)(more))).toEqual([true, false]);
  });
  it('with IPv6 alone', () => {
    const six = { subnet: 'fd00:70::/64', exclusions: {} };
    const asked = { ...spec, subnet: '', exclusions: [], subnet6: 'FD00:70:0::/64' };
    const { gateway: _gateway, ipRange: _range, ...only } = asked;
    const there = network('n1', 'lan', { ipv4: false, ipv6: true, subnets: [six], labels: ours });
    expect(isMadeBy({ ...create, spec: only } as MakingStep)(there)).toBe(true);
  });
});

describe('a network of the name that hands out other addresses', () => {
  const there = { ...shown, subnets: [{ ...pool, ipRange: '10.70.1.64/27' }] };
  it.each([create, restore])('is not taken for what a step makes ($op)', async (step) => {
    const engine = new FakeEngine().add(there);
    expect(await lookAt(engine, step)).toMatchObject({ holds: false, existing: ['n1'] });
    expect(await effectOf(engine, step, [])).toEqual({ done: false });
  });
});

it('what Docker’s API has no words for can’t be made again: its removal has nothing that takes it back', async () => {
  const step: Step = { op: 'remove-network', networkId: 'n1', networkName: 'lan' };
  const inverse = async (ipamDriver: string) =>
    (await lookAt(new FakeEngine().add(network('n1', 'lan', { ipamDriver, subnets: [] })), step)).inverse?.op;
  expect([await inverse('none'), await inverse('dhcp')]).toEqual([undefined, 'restore-network']);
});

it('what was made by a call that nobody answered is found', async () => {
  const engine = new FakeEngine();
  const steps: Step[] = [create];
  const real = engine.createNetwork.bind(engine);
  engine.createNetwork = async (asked) => {
    await real(asked);
    throw new Error('socket hang up');
  };
  expect(await runSteps(engine, steps, () => undefined, 0)).toMatchObject({ ok: true });
});
