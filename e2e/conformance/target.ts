import type { Differences } from './known-differences';

/** The engine generations whose answers the suite knows. */
export type DockerGeneration = '20.10' | '26.1' | '29.7';
export type EngineGeneration = DockerGeneration | 'podman-4.3';

/** An engine to put the suite to. */
export interface ConformanceTarget {
  /** Path of its unix socket. */
  socket: string;
  version: EngineGeneration;
  /** Two NICs of its host that no network uses. */
  nics: readonly [string, string];
  /** What this target does otherwise. */
  differences?: Differences;
}
