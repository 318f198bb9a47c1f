import { it } from 'vitest';
import type { Difference, Differences } from './known-differences';
import type { ConformanceTarget } from './target';

/** As vitest's `it`. */
export type CaseOf = (name: string, test: () => Promise<void>) => void;

/** What a failure says, and what there was instead of what was expected: messages alone are cut short. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { actual } = error as Error & { actual?: unknown };
  return actual === undefined ? error.message : `${error.message}\n${JSON.stringify(actual)}`;
}

async function fails(test: () => Promise<void>): Promise<{ as: string } | undefined> {
  try {
    await test();
    return undefined;
  } catch (error) {
    return { as: wordsOf(error) };
  }
}

/**
 * Runs a case; where a difference is known, it has to be there.
 * @throws Error if there is none any more, or another one
 */
export async function runCase(test: () => Promise<void>, known: Difference | undefined): Promise<void> {
  if (!known) return test();
  const failure = await fails(test);
  if (!failure) throw new Error(`listed as a known difference, but it is none (any more): ${known.why}`);
  if (!known.instead.test(failure.as))
    throw new Error(`differs, but not in the way that is listed (${String(known.instead)}): ${failure.as}`);
}

/**
 * Registers the suite's cases. One that is a known difference of the target runs too, and has to fail in just the way
 * that is listed: a difference that is gone, or has become another, is red.
 * @param names each case's name is noted here, also of those that are not wanted
 * @param wanted by the case's place among all, from 0
 */
export function casesFor(
  target: () => ConformanceTarget,
  names: Set<string>,
  wanted: (place: number) => boolean,
): CaseOf {
  return (name, test) => {
    if (names.has(name)) throw new Error(`two cases of one name: ${name}`);
    const place = names.size;
    names.add(name);
    if (wanted(place)) it(name, () => runCase(test, target().differences?.[name]));
  };
}

/** @throws Error if a difference is listed for a case that there is not */
export function checkNames(differences: Differences | undefined, names: ReadonlySet<string>): void {
  const unknown = Object.keys(differences ?? {}).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`differences of cases that there are not: ${unknown.join('; ')}`);
}
