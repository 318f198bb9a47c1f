import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeRequest, Nic } from '../../../shared/model';
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

const seen = (eth2: Partial<Nic> | null) => {
  const nics = [nic({ name: 'eth1' }), ...(eth2 ? [nic({ name: 'eth2', ...eth2 })] : [])];
  bench.looks = { looked: ['e1'], facts: [hostFacts('e1', ...nics)] };
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
