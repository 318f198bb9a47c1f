import type { DemoEngine } from '../engine/engine';

export interface DemoShim {
  parent: string;
  address: string;
  routes: string[];
}

const shims = new WeakMap<DemoEngine, Map<string, DemoShim>>();

/** The links on the host by which it reaches its own containers. */
export function shimsOf(engine: DemoEngine): Map<string, DemoShim> {
  const known = shims.get(engine);
  if (known) return known;
  const made = new Map<string, DemoShim>();
  shims.set(engine, made);
  return made;
}

const neighbours = new WeakMap<DemoEngine, readonly DemoEngine[]>();

/** Says that these hosts are on the same LANs. */
export function joinHosts(engines: readonly DemoEngine[]): void {
  for (const engine of engines) neighbours.set(engine, engines);
}

/** All hosts on the LANs of this one, itself included. */
export const hostsAround = (engine: DemoEngine): readonly DemoEngine[] => neighbours.get(engine) ?? [engine];
