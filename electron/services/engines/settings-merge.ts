import { isDeepStrictEqual } from 'node:util';
import type { EngineConfig } from '../../../shared/model';
import type { Addresses } from './ways';

type Configs = readonly EngineConfig[];

const byId = (configs: Configs) => new Map(configs.map((config) => [config.id, config]));
const idsOf = (configs: Configs) => configs.map(({ id }) => id);

/**
 * Engines that were changed here and could not be written yet, together with what another hand has written into the file
 * meanwhile. Where both have changed the same engine the file holds; one address stays one entry.
 *
 * @param base what was in the file before either
 */
export function mergeConfigs(
  base: Configs,
  ours: Configs,
  theirs: Configs,
  addresses: Addresses,
): EngineConfig[] {
  const [was, own, found] = [byId(base), byId(ours), byId(theirs)];
  const taken = new Set(theirs.map(({ connection }) => addresses.engineIdOf(connection)));
  const pick = (id: string): EngineConfig[] => {
    const [mine, their] = [own.get(id), found.get(id)];
    const untouched = isDeepStrictEqual(their, was.get(id));
    const chosen = untouched ? mine : their;
    if (!chosen) return [];
    const twin = !their && taken.has(addresses.engineIdOf(chosen.connection));
    return twin ? [] : [chosen];
  };
  const sorted = isDeepStrictEqual(idsOf(base), idsOf(theirs)) ? [ours, theirs] : [theirs, ours];
  return [...new Set(sorted.flatMap(idsOf))].flatMap(pick);
}
