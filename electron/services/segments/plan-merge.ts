import { isDeepStrictEqual } from 'node:util';
import { policySubject } from '../../../shared/model';
import type { Plan } from './plan-text';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry of a list is about, which stays when it is edited; null where nothing tells. */
function keyOf(entry: unknown): string | null {
  if (!isFields(entry)) return null;
  const { id, kind, engineId, parentNic, networkName, containerName } = entry;
  if (typeof id === 'string') return id;
  if (typeof engineId !== 'string') return null;
  if (kind === undefined) return JSON.stringify([engineId, parentNic]);
  return JSON.stringify([
    kind,
    engineId,
    policySubject({ networkName, containerName } as Parameters<typeof policySubject>[0]),
  ]);
}

/** The entries by what they are about, in their order; null where that does not tell them apart. */
function byKey(list: unknown): Map<string, unknown> | null {
  if (!Array.isArray(list)) return null;
  const found = new Map(list.map((each: unknown) => [keyOf(each), each]));
  return found.has(null) || found.size < list.length ? null : (found as Map<string, unknown>);
}

/** In their order; what only this console has comes last. */
function mergeMaps(base: Map<string, unknown>, mine: Map<string, unknown>, theirs: Map<string, unknown>) {
  const keys = [...new Set([...theirs.keys(), ...mine.keys()])];
  const all = keys.map((key) => [key, merge(base.get(key), mine.get(key), theirs.get(key))] as const);
  return new Map(all.filter(([, value]) => value !== undefined));
}

const fieldsOf = (value: Fields) => new Map(Object.entries(value));

function merge(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isDeepStrictEqual(mine, base)) return theirs;
  if (isDeepStrictEqual(theirs, base)) return mine;
  // One has taken away what the other has changed.
  if (mine === undefined || theirs === undefined) return mine ?? theirs;
  if (isFields(mine) && isFields(theirs))
    return Object.fromEntries(
      mergeMaps(fieldsOf(isFields(base) ? base : {}), fieldsOf(mine), fieldsOf(theirs)),
    );
  const [was, own, others] = [byKey(base ?? []), byKey(mine), byKey(theirs)];
  return was && own && others ? [...mergeMaps(was, own, others).values()] : mine;
}

/**
 * What two consoles want, each of which has changed the same plan: by segment, policy and member, and within them by field.
 * Where both have changed one and the same, this console's counts; what one has taken away and the other changed stays.
 */
export const mergePlans = (base: Plan, mine: Plan, theirs: Plan): Plan => merge(base, mine, theirs) as Plan;
