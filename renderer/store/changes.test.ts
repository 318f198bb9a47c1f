import { expect, it } from 'vitest';
import type { ChangeRecord } from '../../shared/model';
import { createChangesStore, withProgress, withRecord } from './changes';

const record = (state: ChangeRecord['state']): ChangeRecord => ({
  id: 'c1',
  at: 1,
  who: 'ada',
  request: { kind: 'forget-segment', segmentId: 'seg-1' },
  segment: { id: 'seg-1', name: 'lan' },
  state,
  hosts: [],
  undoable: false,
});

it('changes keep the progress of each host until they have ended', () => {
  const at = (engineId: string, step: number) =>
    ({ id: 'c1', engineId, phase: 'step', step, of: 2 }) as const;
  let state = withRecord(createChangesStore().getState(), record('applying'));
  state = withProgress(withProgress(state, at('a', 1)), at('b', 0));
  expect(Object.keys(state.progress['c1'] ?? {})).toEqual(['a', 'b']);
  state = withRecord(state, record('applied'));
  expect(state.progress).toEqual({});
  expect(state.records).toHaveLength(1);
  expect(state.records[0]?.state).toBe('applied');
});
