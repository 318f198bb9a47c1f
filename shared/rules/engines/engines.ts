import type { Engine, EngineConnection, Problem } from '../../model';
import { problem } from '../../texts/messages';
import { hasChanged } from './capabilities';
import { sortNatural } from '../basics/names';

/**
 * What a host is called: by the admin's name for it, else as it called itself last, be it in an earlier session, else by its
 * address without the scheme.
 */
export const nameOfHost = (
  { hostName, endpoint }: Pick<Engine, 'hostName' | 'endpoint'>,
  given = '',
): string => given || hostName || endpoint.replace(/^\w+:\/\//, '');

/** What the admin knows an engine by; its id where there is no such engine. */
export const hostNameOf = (engine: Pick<Engine, 'name'> | null | undefined, engineId: string): string =>
  engine?.name ?? engineId;

/** The same of one on a list. */
export const hostName = (engineId: string, engines: readonly Pick<Engine, 'id' | 'name'>[]): string =>
  hostNameOf(
    engines.find((engine) => engine.id === engineId),
    engineId,
  );

/** Why nothing can be changed on an engine that does not answer, nor its state be trusted; null where it does. */
export function offlineProblem(engine: Engine | null | undefined): Problem | null {
  if (engine?.state !== 'offline') return null;
  const { id: engineId, name: host } = engine;
  return engine.problem ?? problem('engine_unreachable', { host }, { engineId });
}

/** What came with v28: see {@link hasChanged}. */
export const sinceV28 = (engine: Engine | undefined): boolean => hasChanged(engine?.apiVersion, 'randomMacs');

/**
 * Whether the engine takes the first automatic address for the gateway of a macvlan or ipvlan network for which none was given,
 * and routes by it: Docker up to v28, and Podman.
 */
export const guessesGateway = (engine: Pick<Engine, 'product' | 'apiVersion'> | undefined): boolean =>
  engine?.product === 'podman' || !hasChanged(engine?.apiVersion, 'noGuessedGateway');

/** TCP that anyone on the way can read and write. */
export const isPlainTcp = (
  connection: EngineConnection,
): connection is Extract<EngineConnection, { kind: 'tcp' }> => connection.kind === 'tcp' && !connection.tls;

type Placed = Pick<Engine, 'id' | 'name' | 'group' | 'position'>;

/** By the admin's own order; by name where they never gave one. */
const byPlace = (a: Placed, b: Placed): number =>
  a.position - b.position || sortNatural(a.name, b.name) || sortNatural(a.id, b.id);

/** A group of hosts that stand together; those without a group are one too, with an empty name. */
export interface EngineGroup<T extends Placed = Engine> {
  name: string;
  engines: T[];
}

/** Hosts in the admin's order, each group where its first host stands. */
export function groupEngines<T extends Placed>(engines: readonly T[]): EngineGroup<T>[] {
  const groups = new Map<string, EngineGroup<T>>();
  for (const engine of [...engines].sort(byPlace)) {
    const name = engine.group ?? '';
    const group = groups.get(name);
    if (group) group.engines.push(engine);
    else groups.set(name, { name, engines: [engine] });
  }
  return [...groups.values()];
}

/** The same, as one list. */
export const orderEngines = <T extends Placed>(engines: readonly T[]): T[] =>
  groupEngines(engines).flatMap((group) => group.engines);
