import type { TrunklineApi } from '../../../shared/contract';
import type { Delta } from '../../../shared/model';
import type { Stores } from '../index';
import { withDelta, withFailure, withSnapshot } from '../inventory';
import type { Part } from './part';

/** Several engines that speak at once make one new picture, not one each. Milliseconds: a frame. */
const frameMs = 16;
/** So many deltas wait for a snapshot that hangs; where more come they are all dropped, and another snapshot has them. */
export const mostWaiting = 1000;

/** A snapshot first, deltas after it. */
export function keepInventory(api: TrunklineApi, { inventory }: Pick<Stores, 'inventory'>): Part {
  /** Deltas that arrive while a snapshot is on its way; those that it contains already are ignored by revision. */
  let waiting: Delta[] | null = null;
  /** More came than wait: the snapshot on its way may lack what they said. */
  let missed = false;
  /** Of the snapshots asked for: one that is overtaken by another is of no use. */
  let newest = 0;
  /** Deltas of this frame. */
  let fresh: Delta[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  const take = () => {
    timer = null;
    const deltas = fresh;
    fresh = [];
    inventory.setState((state) => deltas.reduce(withDelta, state));
  };
  const load = async (): Promise<void> => {
    newest += 1;
    const mine = newest;
    waiting = [];
    missed = false;
    const result = await api.invoke('inventory.get', {});
    if (mine !== newest) return;
    const early = waiting;
    waiting = null;
    if (!result.ok) return inventory.setState((state) => withFailure(state, result.error));
    inventory.setState((state) => early.reduce(withDelta, withSnapshot(state, result.value)));
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
  const unheard = api.on('inventory.delta', (delta) => {
    if (waiting) return wait(delta, waiting);
    fresh.push(delta);
    timer ??= setTimeout(take, frameMs);
  });
  return {
    load,
    end: () => {
      unheard();
      newest += 1;
      if (timer) clearTimeout(timer);
    },
  };
}
