import { describe, expect, it } from 'vitest';
import type { Container, Guard } from '../../model';
import { identityOf } from '../membership/identity';
import type { Inventory } from '../inventory/inventory';
import { planChange } from '../plan/plan';
import { detail } from '../plan/testing';
import { addressPlan } from '../addresses/address-plan';
import { guardRivals } from '../addresses/guard-rivals';
import { container, endpoint, engine, network } from '../testing';
import { guardFor } from './capture';
import { judgeGuard } from './judge';
import { guardProblem } from './problem';

const lan = network({ id: 'lan', name: 'lan' });
const on = (ipv4: string, pinned4?: string) => endpoint(lan, { ipv4, ...(pinned4 ? { pinned4 } : {}) });
const compose = (more: Record<string, string> = {}) => ({
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'web',
  'com.docker.compose.container-number': '1',
  ...more,
});
const world = (...containers: Container[]): Inventory => ({
  engines: [engine({ id: 'e1' })],
  networks: [lan],
  containers,
});
const web = (more: Partial<Container> = {}): Container =>
  container({ id: 'web-1', name: 'web', detail, endpoints: [on('10.70.1.20', '10.70.1.20')], ...more });
const guard = (more: Partial<Guard> = {}): Guard => ({
  ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: 'web-1' },
  attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }],
  since: 1,
  ...more,
});

describe('an address that another has meanwhile', () => {
  const stopped = web({ state: 'exited' });
  const other = (more: Partial<Container> = {}) =>
    container({ id: 'db-1', name: 'db', detail, endpoints: [on('10.70.1.20')], ...more });

  it('bars the start of the container that it is fixed for, which is told', () => {
    expect(judgeGuard(guard(), world(stopped))).toMatchObject({ state: 'kept' });
    expect(judgeGuard(guard(), world(stopped, other()))).toMatchObject({
      state: 'barred',
      problem: { code: 'address_in_use', params: { container: 'db', address: '10.70.1.20' } },
    });
  });

  it('does not while neither runs, nor where it runs with it itself', () => {
    const rests = other({ state: 'exited', endpoints: [on('', '10.70.1.20')] });
    expect(judgeGuard(guard(), world(stopped, rests))).toMatchObject({ state: 'kept' });
    expect(judgeGuard(guard(), world(web(), other()))).toMatchObject({ state: 'kept' });
  });
});

describe('who a container is', () => {
  it('goes by compose, and by its name for all others and for what compose run starts', () => {
    const labels = compose();
    expect(identityOf({ name: 'shop_web_1', labels })).toEqual({
      ...{ by: 'compose', project: 'shop', service: 'web', number: '1' },
    });
    expect(identityOf({ name: 'web', labels: {} })).toEqual({ by: 'name', name: 'web' });
    const once = compose({ 'com.docker.compose.oneoff': 'True' });
    expect(identityOf({ name: 'shop_web_run_1', labels: once })).toEqual({
      by: 'name',
      name: 'shop_web_run_1',
    });
  });
});

describe('what a guard keeps', () => {
  it('is what is fixed, and what an engine gave on a LAN', () => {
    const bridge = network({ id: 'apps', name: 'apps', kind: 'bridge' });
    const one = web({
      endpoints: [on('10.70.1.33'), endpoint(bridge, { ipv4: '172.18.0.2' })],
    });
    const found = guardFor(one, { ...world(one), networks: [lan, bridge] }, 7);
    expect(found).toEqual({
      ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: '' },
      attachments: [{ networkName: 'lan', ipv4: '10.70.1.33' }],
      since: 7,
    });
    expect(guardFor(web({ endpoints: [] }), world(), 7)).toBeNull();
  });
});

describe('how a guard stands', () => {
  const state = (inventory: Inventory, of = guard()) => judgeGuard(of, inventory).state;

  it('is kept while the address is fixed, be it stopped', () => {
    expect(state(world(web()))).toBe('kept');
    expect(state(world(web({ state: 'exited', endpoints: [on('', '10.70.1.20')] })))).toBe('kept');
  });

  it('is away where no such container is, and unknown where its engine does not answer', () => {
    expect(state(world())).toBe('away');
    expect(state({ ...world(web()), engines: [engine({ id: 'e1', state: 'offline' })] })).toBe('waiting');
  });

  it('gives a new one back what it lacks', () => {
    const anew = web({ id: 'web-2', endpoints: [on('10.70.1.21')] });
    const judged = judgeGuard(guard(), world(anew));
    expect(judged).toMatchObject({
      state: 'restoring',
      request: {
        kind: 'restore',
        containerId: 'web-2',
        attachments: [{ networkId: 'lan', ipv4: '10.70.1.20' }],
      },
      differences: [{ what: 'automatic', kept: '10.70.1.20', actual: '10.70.1.21' }],
    });
    expect(judgeGuard(guard(), world(web({ id: 'web-2', endpoints: [] })))).toMatchObject({
      state: 'restoring',
      differences: [{ what: 'missing' }],
    });
  });

  it('asks about one that was made without a network of its own', () => {
    const anew = web({ id: 'web-2', endpoints: [], networkMode: { kind: 'none' } });
    expect(state(world(anew))).toBe('asked');
  });

  it('asks about one that another hand has changed, and about a new one with a fixed address of its own', () => {
    expect(state(world(web({ endpoints: [] })))).toBe('asked');
    expect(state(world(web({ id: 'web-2', endpoints: [on('10.70.1.60', '10.70.1.60')] })))).toBe('asked');
  });

  it('takes the new one of compose, while the old one is still there, and neither of two that are alike', () => {
    const of = guard({ identity: identityOf({ name: '', labels: compose() }) });
    const old = web({ labels: compose(), created: 5 });
    const labels = compose({ 'com.docker.compose.replace': 'web-1' });
    const anew = web({
      id: 'web-2',
      name: 'abc_web',
      labels,
      created: 5,
      state: 'created',
      endpoints: [on('')],
    });
    expect(judgeGuard(of, world(old, anew))).toMatchObject({
      state: 'restoring',
      container: { id: 'web-2' },
    });
    const twin = web({ id: 'web-3', labels: compose(), created: 9 });
    expect(state(world(old, twin), of)).toBe('doubled');
    // The one before it is stopped first by v1.
    const stopped = { ...old, state: 'exited' as const };
    expect(judgeGuard(of, world(stopped, twin))).toMatchObject({ state: 'kept', container: { id: 'web-3' } });
    expect(state(world(old, { ...anew, state: 'running' }), of)).toBe('doubled');
  });

  it('stays with the old one of compose while that runs, once the new one has what it needs', () => {
    const of = guard({ identity: identityOf({ name: '', labels: compose() }) });
    const old = web({ labels: compose() });
    const labels = compose({ 'com.docker.compose.replace': 'web-1' });
    const next = (...endpoints: Container['endpoints']) =>
      web({ id: 'web-2', name: 'abc_web', labels, state: 'created', endpoints });
    const ready = next(on('', '10.70.1.20'));
    expect(judgeGuard(of, world(old, next(on(''))))).toMatchObject({
      state: 'restoring',
      container: { id: 'web-2' },
    });
    expect(judgeGuard(of, world(old, ready))).toMatchObject({ state: 'kept', container: { id: 'web-1' } });
    // It was broken off there: what another hand does to the one that runs is not passed over.
    const changed = { ...old, endpoints: [] };
    expect(judgeGuard(of, world(changed, ready))).toMatchObject({
      state: 'asked',
      container: { id: 'web-1' },
    });
    expect(judgeGuard(of, world(old, next(on('', '10.70.1.60'))))).toMatchObject({ state: 'kept' });
    const stopped = { ...old, state: 'exited' as const };
    expect(judgeGuard(of, world(stopped, ready))).toMatchObject({ container: { id: 'web-2' } });
  });

  it('says that a network is gone', () => {
    expect(judgeGuard(guard(), { ...world(web()), networks: [] })).toMatchObject({
      state: 'failed',
      problem: { code: 'network_not_found' },
    });
  });
});

describe('what can be guarded', () => {
  const wrong = (inventory: Inventory) => guardProblem(guard(), web(), inventory)?.code;

  it('is what a container that is made anew would get', () => {
    expect(wrong(world(web()))).toBeUndefined();
    expect(wrong(world(web(), web({ id: 'twin', name: 'twin' })))).toBe('address_in_use');
    const other = guard({ identity: { by: 'name', name: 'other' }, containerName: 'other' });
    expect(wrong({ ...world(web()), guards: [guard(), other] })).toBe('address_reserved');
  });
});

describe('giving back', () => {
  const restore = (inventory: Inventory, of = guard()) => {
    const judged = judgeGuard(of, inventory);
    if (judged.state !== 'restoring') throw new Error(judged.state);
    return planChange(judged.request, { ...inventory, guards: [of] });
  };

  it('takes the automatic attachment away and puts the fixed one in its place, with the names it was made with', () => {
    const anew = web({ id: 'web-2', endpoints: [{ ...on('10.70.1.21'), aliases: ['web'] }] });
    expect(restore(world(anew))).toMatchObject({
      problems: [],
      steps: [
        { op: 'disconnect', containerId: 'web-2' },
        { op: 'connect', containerId: 'web-2', endpoint: { ipv4: '10.70.1.20', aliases: ['web'] } },
      ],
    });
  });

  it('is refused where another one has the address, and not for the one whose place it takes', () => {
    const anew = web({ id: 'web-2', endpoints: [] });
    const thief = web({ id: 'thief', name: 'thief' });
    expect(restore(world(anew, thief)).problems.map(({ code }) => code)).toEqual(['address_in_use']);
    const of = guard({ identity: identityOf({ name: '', labels: compose() }) });
    const old = web({ labels: compose() });
    const labels = compose({ 'com.docker.compose.replace': 'web-1' });
    const next = web({ id: 'web-2', name: 'abc_web', labels, state: 'created', endpoints: [on('')] });
    expect(restore(world(old, next), of)).toMatchObject({ problems: [] });
  });
});

describe('two guards of one address on two hosts', () => {
  const there = network({ id: 'there', name: 'lan', engineId: 'e2' });
  const theirs = guard({
    engineId: 'e2',
    containerName: 'db',
    identity: { by: 'name', name: 'db' },
    since: 2,
  });
  const both = (...containers: Container[]): Inventory => ({
    engines: [engine({ id: 'e1' }), engine({ id: 'e2' })],
    networks: [lan, there],
    ...{ containers, guards: [guard(), theirs] },
  });
  const db = (ipv4: string, pinned4?: string) =>
    container({
      ...{ engineId: 'e2', id: 'db-2', name: 'db', detail },
      endpoints: [endpoint(there, { ipv4, ...(pinned4 ? { pinned4 } : {}) })],
    });
  const counts = (inventory: Inventory) =>
    [guard(), theirs].map((each) => guardRivals(each, inventory).map(({ wins, why }) => [wins, why]));
  const plan = (of: Guard, inventory: Inventory) => {
    const judged = judgeGuard(of, inventory);
    if (judged.state !== 'restoring') throw new Error(judged.state);
    return planChange(judged.request, inventory).problems.map(({ code }) => code);
  };

  it('only the older one gives it back, unless the other’s container has it', () => {
    const none = both(web({ id: 'web-2', endpoints: [on('10.70.1.21')] }), db('10.70.1.22'));
    expect(counts(none)).toEqual([[[true, 'older']], [[false, 'older']]]);
    expect([plan(guard(), none), plan(theirs, none)]).toEqual([[], ['address_reserved']]);
    const has = both(web({ id: 'web-2', endpoints: [on('10.70.1.21')] }), db('10.70.1.20', '10.70.1.20'));
    expect(counts(has)).toEqual([[[false, 'has']], [[true, 'has']]]);
    expect(plan(guard(), has)).toEqual(['address_in_use_elsewhere']);
  });

  it('has nothing to say of hosts that are not on one LAN', () => {
    const apart = {
      ...both(),
      networks: [network({ ...lan, site: 'here' }), network({ ...there, site: 'elsewhere' })],
    };
    expect(counts(apart)).toEqual([[], []]);
  });
});

describe('what is kept for one that is away', () => {
  const db = container({ id: 'db', name: 'db', endpoints: [] });
  const attach = (containerId: string, inventory: Inventory) =>
    planChange(
      { kind: 'attach', engineId: 'e1', containerId, networkId: 'lan', ipv4: '10.70.1.20' },
      { ...inventory, guards: [guard()] },
    ).problems.map(({ code, params }) => [code, params?.['context']]);

  it('is nobody else’s, and not in its own way', () => {
    expect(attach('db', world(db))).toEqual([['address_reserved', 'guard']]);
    expect(attach('web-2', world(web({ id: 'web-2', endpoints: [] })))).toEqual([]);
  });

  it('stands in the address plan once, and is not suggested', () => {
    const plan = (inventory: Inventory) =>
      addressPlan(lan, {
        ...inventory,
        guards: [guard({ attachments: [{ networkName: 'lan', ipv4: '10.70.1.2' }] })],
      });
    expect(plan(world()).used).toContainEqual(
      expect.objectContaining({ address: '10.70.1.2', kind: 'reserved', owner: 'web' }),
    );
    expect(plan(world()).suggestion).not.toBe('10.70.1.2');
    const there = web({ endpoints: [on('10.70.1.2', '10.70.1.2')] });
    expect(plan(world(there)).used.filter(({ address }) => address === '10.70.1.2')).toHaveLength(1);
  });
});
