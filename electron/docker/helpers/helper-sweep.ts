import type { Connection } from '../wire/connection';
import { eachAtMost } from '../wire/pool';
import type { Sweep } from '../engine-client';
import { leftOver, removeHelper, underWay } from './helper';
import { isAbsent } from './images';
import { HELPER_KEPT_LABEL, HELPER_LABEL, HELPER_LIMIT_LABEL } from '../json/helper-label';
import { asList, asRecord, asText, type Json } from '../json/json';

/** How long a console may take to fetch the answer of a helper that has ended, milliseconds by the engine's clock. */
const fetched = 30_000;

const ended = /^(?:created|configured|initialized|exited|stopped|dead)$/;

/** So many are asked about and removed at a time: what a crowd of them takes is what the next task waits for. */
const atOnce = 8;

const labelOf = (item: Json, name: string): string => asText(asRecord(item.Labels)[name]);
const namesOf = (item: Json): string[] => asList(item.Names).map((name) => asText(name).replace(/^\//, ''));

/** When one that does not run ended, or was made and never began, epoch milliseconds by the engine's clock; NaN: not told. */
const endOf = ({ Created, State }: Json): number => {
  const finished = Date.parse(asText(asRecord(State).FinishedAt));
  // One that never ran ended in the year 1.
  return finished > 0 ? finished : Date.parse(asText(Created));
};

/**
 * Whether nobody waits for a helper any more: it ended, and its console had time enough to fetch what it wrote; or it runs
 * for longer than it may. By the engine's clock alone: another console's may differ from this one's by any time.
 */
async function isLeft(connection: Connection, item: Json, now: number): Promise<boolean> {
  const limit = Number(labelOf(item, HELPER_LIMIT_LABEL));
  const hasEnded = ended.test(asText(item.State));
  if (!hasEnded && !(limit > 0)) return false;
  const path = `/containers/${encodeURIComponent(asText(item.Id))}/json`;
  // Another console may remove it at this moment.
  const found = asRecord(await connection.json({ path }).catch(() => null));
  if (hasEnded) return now - endOf(found) >= fetched;
  const started = Date.parse(asText(asRecord(found.State).StartedAt));
  return started > 0 && now - started > limit;
}

/** Removes leftovers. See `EngineClient.sweepHelpers`. */
export async function sweepHelpers(connection: Connection): Promise<Sweep> {
  const filters = JSON.stringify({ label: [HELPER_LABEL] });
  const listed = await connection.json({ path: '/containers/json', query: { all: true, filters } });
  const others = asList(listed)
    .map(asRecord)
    // An engine that knows no such filter lists them all.
    .filter(
      (item) =>
        labelOf(item, HELPER_LABEL) !== '' &&
        labelOf(item, HELPER_KEPT_LABEL) === '' &&
        !namesOf(item).some((name) => underWay.has(name)),
    );
  if (others.length === 0) return { removed: 0, waiting: 0, left: [] };
  const now = Date.parse(asText(asRecord(await connection.json({ path: '/info' })).SystemTime));
  let removed = 0;
  const left: string[] = [];
  await eachAtMost(atOnce, others, async (item) => {
    const own = namesOf(item).find((name) => leftOver.has(name));
    if (own === undefined && !(await isLeft(connection, item, now))) return;
    try {
      await removeHelper(connection, asText(item.Id));
      removed += 1;
    } catch (error) {
      // Gone already, or not to be removed now: the others are none the less.
      if (own === undefined) return;
      if (!isAbsent(error)) return void left.push(own);
      removed += 1;
    }
    if (own !== undefined) leftOver.delete(own);
  });
  return { removed, waiting: others.length - removed, left };
}
