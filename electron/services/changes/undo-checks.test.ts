import { describe, expect, it } from 'vitest';
import type { ChangeRecord, Step } from '../../../shared/model';
import { formOf } from '../../../shared/rules';
import { container, endpoint, FakeEngine, network } from '../testing/fake-engine';
import { engine } from '../../../shared/rules/testing';
import { RecreatedNetworks } from './recreated-networks';
import {
  goneProblem,
  networksOnce,
  nowhereProblem,
  overlapProblem,
  overtakenBy,
  retarget,
  strandedProblem,
  twinProblem,
} from './undo-checks';

const lan = network('n1', 'lan');
const step = (op: 'connect' | 'disconnect', who = 'c1'): Step =>
  ({
    op,
    containerId: who,
    containerName: who,
    networkId: 'n1',
    networkName: 'lan',
    ...(op === 'connect' ? { endpoint: {} } : {}),
  }) as Step;
const record = (id: string, steps: Step[], state: ChangeRecord['state'] = 'applied'): ChangeRecord => ({
  id,
  at: 1,
  who: 'ada',
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  hosts: [{ engineId: 'e1', engineName: 'atlas', steps, state: 'done' }],
  state,
  undoable: true,
});

describe('undoing an earlier change', () => {
  const attach = record('a', [step('connect')]);
  it('waits for a later one of the same attachment', () => {
    const later = record('b', [step('disconnect'), step('connect')]);
    expect(overtakenBy(attach, [later, attach])).toEqual({ record: later, names: 'c1, lan' });
  });
  it('names first a later one that can’t be undone: undoing the others would not help', () => {
    const left = { ...record('b', [step('connect')], 'kept'), undoable: false };
    const later = record('c', [step('disconnect')]);
    expect(overtakenBy(attach, [later, left, attach])?.record).toBe(left);
  });
  it('does not mind later ones that were undone, are about others, or came before', () => {
    const undone = record('b', [step('disconnect')], 'undone');
    const other = record('c', [step('connect', 'c2')]);
    const there = record('d', [step('disconnect')]);
    const elsewhere = { ...there, hosts: there.hosts.map((each) => ({ ...each, engineId: 'e2' })) };
    const before = record('e', [step('disconnect')]);
    expect(overtakenBy(attach, [undone, other, elsewhere, attach, before])).toBeUndefined();
  });
  const again = { ...lan, id: 'n9' };
  const ids = (steps: Step[], recreated = new RecreatedNetworks()) =>
    retarget({ engineId: 'e1', steps }, { networks: [again] }, recreated).steps.map((each) =>
      'networkId' in each ? each.networkId : '',
    );
  const remove: Step = { op: 'remove-network', networkId: 'n1', networkName: 'lan' };
  it('finds a network that was made anew by its name, to put a container back on it', () => {
    expect(ids([step('connect')])).toEqual(['n9']);
  });
  it('takes nothing off a network that has but the name, nor removes it', () => {
    expect(ids([step('disconnect'), remove])).toEqual(['n1', 'n1']);
  });
  it('means the network that was made again in the place of another, however often', () => {
    const heir = (from: string, to: string, engineId = 'e1') => ({ engineId, from, to });
    const known = [heir('n5', 'n9'), heir('n1', 'n8', 'e2')];
    const recreated = new RecreatedNetworks(() => known);
    expect(ids([step('disconnect'), remove], recreated)).toEqual(['n1', 'n1']);
    known.push(heir('n1', 'n5'), heir('n5', 'n1'));
    expect(ids([step('disconnect'), remove], recreated)).toEqual(['n9', 'n9']);
  });
  it('takes no network from under a stopped container', () => {
    const stopped = container('c1', 'web', {
      state: 'exited',
      endpoints: [endpoint(lan, { endpointId: '' })],
    });
    const snapshot = { revision: 1, engines: [], networks: [lan], containers: [stopped] };
    const remove: Step = { op: 'remove-network', networkId: 'n1', networkName: 'lan' };
    expect(strandedProblem({ engineId: 'e1', steps: [remove] }, snapshot)?.code).toBe('network_in_use');
    expect(strandedProblem({ engineId: 'e1', steps: [step('disconnect'), remove] }, snapshot)).toBeNull();
  });
  it('takes no network away from one that was made with it, and is on another by now', () => {
    const moved = (mode: string) =>
      container('c1', 'web', { networkMode: { kind: 'network', network: mode }, endpoints: [] });
    const again: Step = { op: 'restore-network', networkName: 'lan', form: formOf(lan) };
    const told = (mode: string, ...more: Step[]) => {
      const engines = [engine({ apiVersion: '1.51' })];
      const snapshot = { revision: 1, engines, networks: [lan], containers: [moved(mode)] };
      return strandedProblem({ engineId: 'e1', steps: [remove, ...more] }, snapshot)?.params;
    };
    const wrong = { context: 'made_with', container: 'web', network: 'lan' };
    expect(told('lan')).toEqual(wrong);
    expect([told('iot'), told('lan', again)]).toEqual([undefined, undefined]);
    // By its id it means none that is made later.
    expect(told('n1', again)).toEqual(wrong);
  });
});

it('asks an engine once for its networks, however many changes are judged by them', async () => {
  const engine = new FakeEngine();
  engine.networkMap.set('n1', lan);
  const networks = networksOnce(() => engine);
  const gone = { ...step('disconnect'), networkId: 'n9' } as Step;
  const judged = [[step('disconnect')], [gone]].map((steps) =>
    goneProblem({ engineId: 'e1', steps }, networks),
  );
  expect((await Promise.all(judged)).map((each) => each?.params?.context)).toEqual([
    undefined,
    'network_replaced',
  ]);
  expect(engine.calls).toEqual(['networks']);
});

it('leads no host to a network that is gone', async () => {
  const engine = new FakeEngine().add(lan);
  const put = (networkId: string): Step => ({
    ...{ op: 'put-shim', networkId, networkName: 'lan' },
    shim: { name: `tl-${networkId}`, parent: 'eth1', address: '10.70.1.2', routes: [] },
  });
  const judged = (networkId: string) =>
    goneProblem(
      { engineId: 'e1', steps: [put(networkId)] },
      networksOnce(() => engine),
    );
  expect(await judged('n1')).toBeNull();
  engine.networkMap.clear();
  expect(await judged('n1')).toMatchObject({ params: { context: 'one_network_gone', network: 'lan' } });
});

it('a network is made again by its name only where no other has come to have that', async () => {
  const restore = { op: 'restore-network', networkName: 'lan', form: {} } as unknown as Step;
  const remove: Step = { op: 'remove-network', networkId: 'n9', networkName: 'lan' };
  const why = async (steps: Step[], ...there: ReturnType<typeof network>[]) =>
    (await twinProblem({ engineId: 'e1', steps }, async () => there))?.params?.['context'];
  expect(await why([restore], network('n9', 'lan'))).toBe('twin');
  expect(await why([remove, restore], network('n9', 'lan'))).toBeUndefined();
  expect(await why([remove, restore], network('n9', 'lan'), network('n8', 'lan'))).toBe('twin');
  expect(await why([restore], network('n9', 'dmz'))).toBeUndefined();
});

describe('a way back that must fail is not offered', () => {
  const form = (subnet: string, ipRange?: string) => ({
    ...formOf(lan),
    subnets: [{ subnet, ...(ipRange && { ipRange }), exclusions: {} }],
  });
  const restore = (subnet: string, ipRange?: string): Step => ({
    ...{ op: 'restore-network', networkName: 'lan', form: form(subnet, ipRange) },
  });
  const remove: Step = { op: 'remove-network', networkId: 'n9', networkName: 'other' };
  const other = network('n9', 'other', { subnets: [{ subnet: '10.70.9.0/24', exclusions: {} }] });
  const overlap = async (steps: Step[], ...there: ReturnType<typeof network>[]) =>
    (await overlapProblem({ engineId: 'e1', steps }, async () => there))?.params;

  it('while another network has its subnet', async () => {
    const params = { context: 'overlap', network: 'lan', subnet: '10.70.0.0/16', other: 'other' };
    expect(await overlap([restore('10.70.0.0/16')], other)).toMatchObject(params);
    expect(await overlap([restore('10.71.0.0/16')], other)).toBeUndefined();
    expect(await overlap([remove, restore('10.70.0.0/16')], other)).toBeUndefined();
    // Engines take these.
    expect(await overlap([restore('10.70.9.0/24', '10.70.9.64/27')], other)).toBeUndefined();
    expect(await overlap([restore('10.70.9.0/24')], { ...other, scope: 'global' })).toBeUndefined();
  });

  it('while the network is gone that a container is to be given back to', async () => {
    const nowhere = async (steps: Step[], ...there: ReturnType<typeof network>[]) =>
      (await nowhereProblem({ engineId: 'e1', steps }, async () => there))?.params;
    const params = { context: 'nowhere', container: 'c1', network: 'lan' };
    expect(await nowhere([step('connect'), step('disconnect')], other)).toMatchObject(params);
    expect(await nowhere([step('connect')], lan)).toBeUndefined();
    expect(await nowhere([restore('10.70.1.0/24'), step('connect')])).toBeUndefined();
    expect(await nowhere([step('disconnect')])).toBeUndefined();
  });
});
