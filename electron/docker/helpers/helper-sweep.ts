import type { Connection } from '../wire/connection';
import type { Sweep } from '../engine-client';
import { removeHelper, underWay } from './helper';
import { HELPER_LABEL, HELPER_UNTIL_LABEL } from '../json/helper-label';
import { asList, asRecord, asText, type Json } from '../json/json';

/** How long a console may take to fetch the answer of a helper that has ended, milliseconds by the engine's clock. */
const fetched = 30_000;

const ended = /^(?:created|configured|initialized|exited|stopped|dead)$/;

const labelOf = (item: Json, name: string): string => asText(asRecord(item.Labels)[name]);
const namesOf = (item: Json): string[] => asList(item.Names).map((name) => asText(name).replace(/^\//, ''));

/** When it ended, or was made and never began, epoch milliseconds by the engine's clock; NaN where that is not told. */
async function endOf(connection: Connection, id: string): Promise<number> {
  const found = asRecord(await connection.json({ path: `/containers/${encodeURIComponent(id)}/json` }));
  const finished = Date.parse(asText(asRecord(found.State).FinishedAt));
  // One that never ran ended in the year 1.
  return finished > 0 ? finished : Date.parse(asText(found.Created));
}

/** Of helpers that are not running, those whose console had time enough to fetch what they wrote. */
async function abandoned(connection: Connection, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const now = Date.parse(asText(asRecord(await connection.json({ path: '/info' })).SystemTime));
  const old: string[] = [];
  for (const id of ids) {
    // Another console may remove it at this moment.
    const end = await endOf(connection, id).catch(() => NaN);
    if (now - end >= fetched) old.push(id);
  }
  return old;
}

/** Removes leftovers. See `EngineClient.sweepHelpers`. `now` in milliseconds since the epoch. */
export async function sweepHelpers(connection: Connection, now: number): Promise<Sweep> {
  const filters = JSON.stringify({ label: [HELPER_LABEL] });
  const listed = await connection.json({ path: '/containers/json', query: { all: true, filters } });
  const others = asList(listed)
    .map(asRecord)
    // An engine that knows no such filter lists them all.
    .filter(
      (item) => labelOf(item, HELPER_LABEL) !== '' && !namesOf(item).some((name) => underWay.has(name)),
    );
  const isOver = (item: Json): boolean => {
    const until = Number(labelOf(item, HELPER_UNTIL_LABEL));
    return until > 0 && until < now;
  };
  const over = others.filter(isOver).map((item) => asText(item.Id));
  const idle = others.filter((item) => !isOver(item) && ended.test(asText(item.State)));
  const old = await abandoned(
    connection,
    idle.map((item) => asText(item.Id)),
  );
  let removed = 0;
  for (const id of [...over, ...old]) {
    // Gone already, or not to be removed now: the others are none the less.
    const gone = await removeHelper(connection, id).then(
      () => true,
      () => false,
    );
    if (gone) removed += 1;
  }
  return { removed, waiting: others.length - removed };
}
