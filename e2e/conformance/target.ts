import type { NicState } from '../../electron/demo';
import type { Differences } from './known-differences';
import { call } from './raw-client';

/** The engine generations whose answers the suite knows. */
export const dockerGenerations = ['20.10', '26.1', '28.5', '29.7'] as const;
export type DockerGeneration = (typeof dockerGenerations)[number];
export type EngineGeneration = DockerGeneration | 'podman-4.3' | 'podman-5.8';

/** Whether the engine is of that generation or a later one. Podman is of none. */
export const isSince = (version: EngineGeneration, first: DockerGeneration): boolean =>
  (dockerGenerations as readonly EngineGeneration[]).indexOf(version) >= dockerGenerations.indexOf(first);

export const isPodman = (version: EngineGeneration): version is 'podman-4.3' | 'podman-5.8' =>
  version.startsWith('podman-');

const generations: readonly EngineGeneration[] = [...dockerGenerations, 'podman-4.3', 'podman-5.8'];

/**
 * The generation of the engine that answers there.
 * @throws Error for one whose answers the suite does not know
 */
export async function generationAt(socket: string): Promise<EngineGeneration> {
  const answer = await call(socket, 'GET', '/version');
  const told = JSON.parse(answer.text) as { Version: string; Components?: { Name: string }[] };
  const podman = told.Components?.some(({ Name }) => Name === 'Podman Engine') ? 'podman-' : '';
  const known = generations.find((each) => `${podman}${told.Version}`.startsWith(`${each}.`));
  if (!known) throw new Error(`the suite does not know the answers of engine ${podman}${told.Version}`);
  return known;
}

/** A NIC that nothing else needs, for what befalls NICs. */
export interface SpareNic {
  name: string;
  /** Brings it into that state from any other. */
  set(state: NicState): Promise<void>;
  /** Leaves the host as it was before the first {@link set}. */
  restore(): Promise<void>;
}

/** An engine to put the suite to. */
export interface ConformanceTarget {
  /** Path of its unix socket. */
  socket: string;
  version: EngineGeneration;
  /** Two NICs of its host that no network uses. */
  nics: readonly [string, string];
  spare: SpareNic;
  /** What this target does otherwise. */
  differences?: Differences;
}
