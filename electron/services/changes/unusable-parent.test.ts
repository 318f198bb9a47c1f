import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeRequest, NetworkSpec, Nic } from '../../../shared/model';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { ChangeBench, changing, refusal } from '../testing/change-bench';
import { container, endpoint, FakeEngine, network } from '../testing/fake-engine';

const lan = network('n1', 'lan', { parent: 'eth1' });
const dmz = network('n2', 'dmz', { subnets: [{ subnet: '10.70.2.0/24', exclusions: {} }], parent: 'eth2' });
const move: ChangeRequest = {
  kind: 'move',
  engineId: 'e1',
  containerId: 'c1',
  fromNetworkId: 'n2',
  toNetworkId: 'n1',
  ipv4: '10.70.1.60',
};

let bench: ChangeBench;
beforeEach(async () => {
  const attached = endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' });
  bench = await ChangeBench.open(
    new FakeEngine().add(lan, dmz, container('c1', 'web', { endpoints: [attached] })),
  );
});
afterEach(() => bench.close());

const look = (...nics: Nic[]) => ({ looked: ['e1'], facts: [hostFacts('e1', ...nics)] });
const seen = (eth2: Partial<Nic> | null) => {
  bench.looks = look(
    nic({ name: 'eth1' }),
    nic({ name: 'eth3' }),
    ...(eth2 ? [nic({ name: 'eth2', ...eth2 })] : []),
  );
};
const sent = () => bench.engine.calls.filter((call) => changing.test(call)).length;

it.each<[string, Partial<Nic> | null, string]>([
  ['a bridge’s port', { master: 'br0', masterKind: 'bridge' }, 'parent_busy'],
  ['gone', null, 'parent_missing'],
])('nothing is undone onto a parent that is %s since', async (_what, eth2, code) => {
  const { changes, log } = await bench.start();
  const { id } = await changes.apply((await changes.preview(move)).id);
  const before = sent();
  seen(eth2);
  expect(await refusal(changes.undo(id))).toMatchObject({
    ...{ code, engineId: 'e1', params: { parent: 'eth2' } },
  });
  expect(sent()).toBe(before);
  expect(log.get(id)?.record).toMatchObject({ state: 'applied', undoable: true });
  // It is no secret of one field of a form.
  expect(await refusal(changes.undo(id))).not.toHaveProperty('field');
  seen({});
  expect(await changes.undo(id)).toMatchObject({ state: 'undone' });
});

const attach: ChangeRequest = {
  ...{ kind: 'attach', engineId: 'e1', containerId: 'c1', networkId: 'n1', ipv4: '10.70.1.60' },
};
const spec: NetworkSpec = {
  ...{ name: 'iot', driver: 'macvlan', parent: 'eth3', mode: 'bridge', subnet: '10.70.9.0/24' },
  ...{ exclusions: [], internal: false },
};
const create: ChangeRequest = { kind: 'create-network', engineId: 'e1', spec };

it.each<[string, ChangeRequest, Nic[], object]>([
  [
    'a bridge’s port',
    attach,
    [nic({ name: 'eth1', master: 'br0', masterKind: 'bridge' })],
    { code: 'parent_busy', params: { parent: 'eth1' } },
  ],
  ['gone', attach, [], { code: 'parent_missing', params: { parent: 'eth1' } }],
  ['renamed', move, [nic({ name: 'lan1' })], { code: 'parent_missing', params: { parent: 'eth1' } }],
  ['gone', create, [nic({ name: 'eth2' })], { code: 'parent_missing', params: { parent: 'eth3' } }],
])('nothing is done on a parent that is %s since the preview (%#)', async (_what, request, nics, refused) => {
  seen({});
  const { changes, log } = await bench.start();
  const shown = await changes.preview(request);
  expect(shown.problems).toEqual([]);
  bench.freshLook = () => look(...nics);
  expect(await refusal(changes.apply(shown.id))).toMatchObject(refused);
  expect([sent(), log.list(1)]).toEqual([0, []]);
});

it('no host is looked at anew for what stands on none of its interfaces', async () => {
  seen({});
  const { changes } = await bench.start();
  bench.freshLook = () => expect.fail('looked');
  const off = await changes.preview({
    ...{ kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n2' },
  });
  expect(await changes.apply(off.id)).toMatchObject({ state: 'applied' });
});

it('what was cut off is not taken back onto one, and may be left as it is', async () => {
  const first = await bench.start();
  const killed = bench.killAt(2, 'after');
  const { id } = await first.changes.preview(move);
  void first.changes.apply(id).catch(() => undefined);
  await killed;
  bench.revive();
  const { changes, log } = await bench.start();
  const before = sent();
  seen({ master: 'br0', masterKind: 'bridge' });
  expect(await refusal(changes.recover(id, 'roll-back'))).toMatchObject({ code: 'parent_busy' });
  expect(sent()).toBe(before);
  expect(log.get(id)?.record.state).toBe('interrupted');
  expect(await changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
});
