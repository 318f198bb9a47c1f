import type { EngineGroup } from '../../../shared/rules';

type Groups = readonly EngineGroup<{ id: string; name: string; position: number }>[];

const idsOf = (groups: Groups): string[] => groups.flatMap((group) => group.engines.map((each) => each.id));

const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const rest = list.filter((_, index) => index !== from);
  rest.splice(to, 0, ...list.slice(from, from + 1));
  return rest;
};

/**
 * The order after a host went to another place in its own group.
 * @param to its index there
 * @returns null when that changes nothing
 */
export function placeHost(groups: Groups, id: string, to: number): string[] | null {
  const group = groups.find((each) => each.engines.some((engine) => engine.id === id));
  const from = group?.engines.findIndex((engine) => engine.id === id) ?? -1;
  if (!group || from === to || to < 0 || to >= group.engines.length) return null;
  const engines = moved(group.engines, from, to);
  return idsOf(groups.map((each) => (each === group ? { ...group, engines } : each)));
}

/** The order after a whole group went to another place among the groups. */
export function placeGroup(groups: Groups, name: string, to: number): string[] | null {
  const from = groups.findIndex((each) => each.name === name);
  if (from < 0 || from === to || to < 0 || to >= groups.length) return null;
  return idsOf(moved(groups, from, to));
}
