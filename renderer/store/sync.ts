import type { TrunklineApi } from '../../shared/contract';
import type { MenuAction } from '../../shared/contract';
import type { Delta, Preferences, Run } from '../../shared/model';
import { guardKey } from '../../shared/rules';
import { keptRecords, withProgress, withRecord } from './changes';
import type { Stores } from './index';
import { withPolicies } from './host';
import { kept } from './kept';
import { withDelta, withFailure, withSnapshot } from './inventory';
import { withRun } from './runs';
import { withList, withSettled, withSettling } from './segments';

/** Several engines that speak at once make one new picture, not one each. Milliseconds: a frame. */
const frameMs = 16;
/** So many deltas wait for a snapshot that hangs; where more come they are all dropped, and another snapshot has them. */
export const mostWaiting = 1000;

/**
 * Keeps the stores in step with the main process: a snapshot first, deltas after it, everything anew when the
 * connection comes back. Gives the function that ends it.
 */
export function syncStores(
  api: TrunklineApi,
  stores: Stores,
  onMenu: (action: MenuAction) => void,
): () => void {
  /** Deltas that arrive while a snapshot is on its way; those that it contains already are ignored by revision. */
  let waiting: Delta[] | null = null;
  /** More came than wait: the snapshot on its way may lack what they said. */
  let missed = false;
  /** Of the snapshots asked for: one that is overtaken by another is of no use. */
  let newest = 0;
  /** Deltas of this frame. */
  let fresh: Delta[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let ended = false;

  const take = () => {
    timer = null;
    const deltas = fresh;
    fresh = [];
    stores.inventory.setState((state) => deltas.reduce(withDelta, state));
  };
  const load = async (): Promise<void> => {
    newest += 1;
    const mine = newest;
    waiting = [];
    missed = false;
    const result = await api.invoke('inventory.get', {});
    if (ended || mine !== newest) return;
    const early = waiting;
    waiting = null;
    if (!result.ok) return stores.inventory.setState((state) => withFailure(state, result.error));
    stores.inventory.setState((state) => early.reduce(withDelta, withSnapshot(state, result.value)));
    if (missed) await load();
  };
  const wait = (delta: Delta, before: Delta[]) => {
    if (before.length >= mostWaiting) {
      before.length = 0;
      missed = true;
    }
    // What comes after a gap is not put on top of it.
    if (!missed) before.push(delta);
  };
  const loadRest = async () => {
    const [index, preferences, records, storage, conflicts] = await Promise.all([
      api.invoke('traffic.index', {}),
      api.invoke('preferences.get', {}),
      api.invoke('change.list', { limit: keptRecords }),
      api.invoke('storage.status', {}),
      api.invoke('address.conflicts', {}),
    ]);
    if (ended) return;
    if (index.ok) stores.traffic.setIndex(index.value);
    if (preferences.ok) stores.preferences.setState(preferences.value, true);
    if (records.ok) stores.changes.setState({ records: records.value });
    // What was told meanwhile is newer.
    if (conflicts.ok) stores.host.setState((now) => (now.conflicts ? now : { conflicts: conflicts.value }));
    if (storage.ok) stores.ui.setState({ storage: storage.value.problems });
  };

  const loadSegments = async () => {
    const result = await api.invoke('segments.list', {});
    if (ended) return;
    stores.segments.setState((state) =>
      result.ok ? withList(state, result.value) : { ...state, problem: result.error },
    );
  };

  /** What is told while the list is on its way comes on top of it. */
  let earlyRuns: Run[] | null = null;
  const loadRuns = async () => {
    const mine: Run[] = [];
    earlyRuns = mine;
    const result = await api.invoke('run.list', {});
    if (ended || earlyRuns !== mine) return;
    earlyRuns = null;
    stores.runs.setState((state) => mine.reduce(withRun, result.ok ? { runs: result.value } : state));
  };

  const loadGuards = async () => {
    const result = await api.invoke('guard.list', {});
    // What was told meanwhile is newer.
    if (!ended && result.ok) stores.guards.setState((now) => (now.guards ? now : { guards: result.value }));
  };

  const loadPolicies = async () => {
    const result = await api.invoke('policies.list', {});
    // What was told meanwhile is newer.
    if (!ended && result.ok)
      stores.host.setState((now) => (now.leases ? now : withPolicies(now, result.value)));
  };

  const loadEngines = async () => {
    const result = await api.invoke('engines.configs', {});
    if (ended) return;
    stores.engines.setState(result.ok ? { list: result.value, problem: null } : { problem: result.error });
  };

  const ends = [
    api.on('inventory.delta', (delta) => {
      if (waiting) return wait(delta, waiting);
      fresh.push(delta);
      timer ??= setTimeout(take, frameMs);
    }),
    api.on('traffic.index', (index) => stores.traffic.setIndex(index)),
    api.on('traffic.tick', (tick) => stores.traffic.setTick(tick)),
    api.on('change.recorded', (record) => {
      const ended = record.state !== 'applying' ? record.segment?.id : undefined;
      if (ended !== undefined) stores.segments.setState((state) => withSettling(state, ended));
      stores.changes.setState((state) => withRecord(state, record));
      if (ended === undefined) return;
      void loadSegments().finally(() => stores.segments.setState((state) => withSettled(state, ended)));
    }),
    api.on('change.progress', (progress) =>
      stores.changes.setState((state) => withProgress(state, progress)),
    ),
    api.on('run.changed', (run) => {
      if (earlyRuns) earlyRuns.push(run);
      else stores.runs.setState((state) => withRun(state, run));
    }),
    api.on('guards.changed', (guards) =>
      stores.guards.setState((now) => ({ guards: kept(now.guards, guards, guardKey) })),
    ),
    api.on('addresses.conflicts', (conflicts) => stores.host.setState({ conflicts })),
    api.on('policies.changed', (policies) => stores.host.setState((now) => withPolicies(now, policies))),
    api.on('storage.changed', ({ problems }) => stores.ui.setState({ storage: problems })),
    api.on('preferences.changed', (preferences: Preferences) =>
      stores.preferences.setState(preferences, true),
    ),
    api.on('engines.configured', (list) => stores.engines.setState({ list, problem: null })),
    api.on('menu.action', ({ action }) => onMenu(action)),
    api.onConnection((state) => {
      if (state === 'open') {
        stores.guards.setState({ guards: null });
        stores.host.setState({ leases: null, conflicts: null });
        void Promise.all([
          load(),
          loadRest(),
          loadSegments(),
          loadEngines(),
          loadRuns(),
          loadGuards(),
          loadPolicies(),
        ]);
      }
      if (state === 'closed')
        stores.inventory.setState((now) => (now.phase === 'ready' ? { ...now, phase: 'lost' } : now));
    }),
  ];
  return () => {
    ended = true;
    if (timer) clearTimeout(timer);
    for (const end of ends) end();
  };
}
