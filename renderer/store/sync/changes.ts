import type { TrunklineApi } from '../../../shared/contract';
import type { ChangeRecord } from '../../../shared/model';
import { keptRecords, withProgress, withRecord } from '../changes';
import type { Stores } from '../index';
import { Latest, OnTop } from '../latest';
import { withList, withSettled, withSettling } from '../segments';
import type { Part } from './part';

/** The log of changes and those under way, and the plan of segments that they leave. */
export function keepChanges(
  api: TrunklineApi,
  { changes, segments }: Pick<Stores, 'changes' | 'segments'>,
): Part {
  const plan = new Latest();
  const log = new OnTop<ChangeRecord>();
  const loadPlan = () =>
    plan.ask(
      () => api.invoke('segments.list', {}),
      (result) =>
        segments.setState((state) =>
          result.ok ? withList(state, result.value) : { ...state, problem: result.error },
        ),
    );
  const loadLog = () =>
    log.ask(
      () => api.invoke('change.list', { limit: keptRecords }),
      (result, early) => {
        if (!result.ok) return;
        changes.setState((state) => {
          const { records } = early.reduce(withRecord, { ...state, records: result.value });
          return { records };
        });
      },
    );
  const recorded = (record: ChangeRecord) => {
    const ended = record.state !== 'applying' ? record.segment?.id : undefined;
    if (ended !== undefined) segments.setState((state) => withSettling(state, ended));
    log.tell(record);
    changes.setState((state) => withRecord(state, record));
    if (ended === undefined) return;
    void loadPlan().finally(() => segments.setState((state) => withSettled(state, ended)));
  };
  const ends = [
    api.on('change.recorded', recorded),
    api.on('change.progress', (progress) => changes.setState((state) => withProgress(state, progress))),
  ];
  return {
    load: async () => {
      // What ended while nobody told it here would be under way for good. The log says what is, and progress comes again.
      changes.setState({ progress: {} });
      await Promise.all([loadLog(), loadPlan()]);
    },
    end: () => {
      for (const end of ends) end();
      log.end();
      plan.told();
    },
  };
}
