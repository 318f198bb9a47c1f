import type { KnownDifference } from './known-differences';

/** The engine generations whose answers the suite knows. */
export type EngineGeneration = '20.10' | '26.1' | '29.7';

/** An engine to put the suite to. */
export interface ConformanceTarget {
  /** Path of its unix socket. */
  socket: string;
  version: EngineGeneration;
  /** Two NICs of its host that no network uses. */
  nics: readonly [string, string];
  /** What this target may answer otherwise, for reasons that lie outside the engine. */
  differences?: readonly KnownDifference[];
}
