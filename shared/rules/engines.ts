import type { Engine } from '../model';

/** What the admin knows an engine by; its id when it is not on the list. */
export function hostName(engineId: string, engines: readonly Engine[]): string {
  return engines.find((engine) => engine.id === engineId)?.name ?? engineId;
}

/** Whether the engine's negotiated API is `major.minor` or newer; false while it was never reached. */
export function apiAtLeast(engine: Engine | undefined, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(engine?.apiVersion ?? '');
  if (!match) return false;
  const [here, there] = [Number(match[1]), Number(match[2])];
  return here > major || (here === major && there >= minor);
}

/**
 * API 1.48 came with v28, which changed three things that no capability names: MACs are random at each start, a
 * network without a gateway gets none, and a live connect keeps its interface's name.
 */
export const sinceV28 = (engine: Engine | undefined): boolean => apiAtLeast(engine, 1, 48);
