import { afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { Bench } from './bench';
import { casesFor, checkNames } from './case';
import { connectCases } from './connect-cases';
import { createCases } from './create-cases';
import { eventCases } from './event-cases';
import { execCases } from './exec-cases';
import { linkCases } from './link-cases';
import { modeCases } from './mode-cases';
import { parentCases } from './parent-cases';
import { shapeCases } from './shape-cases';
import { statsCases } from './stats-cases';
import { stoppedCases } from './stopped-cases';
import type { ConformanceTarget } from './target';

export type { ConformanceTarget, EngineGeneration } from './target';

/**
 * What Trunkline relies on in an engine, over its raw HTTP API: one suite for real engines and simulated ones. Each
 * test makes what it needs and takes it away again.
 * @param target asked before each test, for an engine may be started by then only
 * @param wanted which cases run, by their part and their place among all, from 0 up; all by default
 */
export function conformance(
  target: () => ConformanceTarget,
  wanted: (part: Part, place: number) => boolean = () => true,
): void {
  let current: Bench | undefined;
  const bench = (): Bench => {
    if (!current) throw new Error('a bench exists only within a test');
    return current;
  };
  beforeEach(() => {
    current = new Bench(target());
  });
  afterEach(async () => {
    await current?.clear();
    current = undefined;
  });
  const names = new Set<string>();
  for (const part of Object.keys(parts) as Part[])
    describe(part, () =>
      parts[part](
        bench,
        casesFor(target, names, (place) => wanted(part, place)),
      ),
    );
  beforeAll(() => checkNames(target().differences, names));
}

const parts = {
  shapes: shapeCases,
  'creating networks': createCases,
  links: linkCases,
  parents: parentCases,
  'connect and disconnect': connectCases,
  'stopped containers': stoppedCases,
  modes: modeCases,
  events: eventCases,
  stats: statsCases,
  exec: execCases,
} as const;

/** What cases are about. */
export type Part = keyof typeof parts;
