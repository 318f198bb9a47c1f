import { expect, it } from 'vitest';
import type { ChangeRecord, HostResult } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { asFound } from './change-log';
import { UndoJudge } from './undo-judge';

const host: HostResult = { engineId: 'e1', engineName: 'nas', steps: [], state: 'failed' };
const record = (state: ChangeRecord['state'], over: Partial<ChangeRecord> = {}): ChangeRecord => ({
  ...{ id: 'c', at: 0, who: 'ada', state, undoable: false, hosts: [host] },
  request: { kind: 'remove-network', engineId: 'e1', networkId: 'n1' },
  ...over,
});
const judge = new UndoJudge({ log: { list: () => [] } } as never, {} as never, {} as never);
const refusal = (of: ChangeRecord) => judge.refusal({ record: of, inverse: null });
const half = {
  ...host,
  problem: problem('rollback_failed', { context: 'both', host: 'nas', first: 'a', second: 'b' }),
};
/** Begun before there was a journal, by a console that has ended. */
const old = asFound({ record: record('applying'), inverse: null }, () => false)?.record;

it.each([
  [record('rolled-back'), 'not_applied'],
  [record('failed', { hosts: [half] }), 'failed'],
  [record('failed', { wasUndoing: true }), 'undo_failed'],
  [old!, 'unknown'],
  [record('applying'), 'under_way'],
  [record('interrupted'), 'cut_off'],
  [record('undone'), 'undone'],
  [record('kept'), 'kept'],
  [record('applied'), undefined],
])('says of a change what there is to undo of it, and no more: %#', (of, context) => {
  expect(refusal(of)?.code).toBe('change_not_undoable');
  expect(refusal(of)?.params?.['context']).toBe(context);
});
