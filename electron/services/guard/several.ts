import type { Container, Guard, GuardNote, GuardRefusal, GuardTargets, Network } from '../../../shared/model';
import {
  guardKey,
  claimantsOf,
  guardFor,
  guardProblem,
  membersOf,
  offlineProblem,
  recogniseSegments,
  type Inventory,
} from '../../../shared/rules';
import { problem } from '../../../shared/texts';

/** The networks that are meant, those of a segment on all of its hosts. */
function networksOf({ networks = [], segmentId }: GuardTargets, world: Inventory): Network[] {
  const views = segmentId === undefined ? [] : recogniseSegments(world.segments ?? [], world);
  const ofSegment = views
    .filter(({ segment }) => segment.id === segmentId)
    .flatMap(({ members }) => members)
    .flatMap(({ engineId, networkId }) => (networkId ? [{ engineId, networkId }] : []));
  const places = [...networks, ...ofSegment];
  return world.networks.filter((one) =>
    places.some(({ engineId, networkId }) => one.engineId === engineId && one.id === networkId),
  );
}

/** The containers that are meant, each once. */
export function containersOf(targets: GuardTargets, world: Inventory): Container[] {
  const on = networksOf(targets, world).flatMap((one) =>
    membersOf(one, world).map(({ container }) => container),
  );
  const named = (targets.containers ?? []).flatMap(({ engineId, containerId }) =>
    world.containers.filter((one) => one.engineId === engineId && one.id === containerId),
  );
  return [...new Set([...on, ...named])];
}

/** The guards of those that are meant, also of one that is away, where it is kept on a network that is meant. */
export function guardsAmong(
  targets: GuardTargets,
  guards: readonly Guard[],
  world: Inventory,
): readonly Guard[] {
  const containers = new Set(containersOf(targets, world));
  const names = networksOf(targets, world).map(({ engineId, name }) => `${engineId} ${name}`);
  return guards.filter((guard) => {
    const there = claimantsOf(guard, world.containers);
    if (there.length > 0) return there.some((one) => containers.has(one));
    return guard.attachments.some(({ networkName }) => names.includes(`${guard.engineId} ${networkName}`));
  });
}

/** Guards of containers as they are now, and why others can't be guarded. Those that are guarded already are left out. */
export function guardsFor(
  containers: readonly Container[],
  world: Inventory,
  now: number,
): { guards: Guard[]; refused: GuardRefusal[] } {
  const known = new Set((world.guards ?? []).map(guardKey));
  const guards: Guard[] = [];
  const refused: GuardRefusal[] = [];
  for (const container of containers) {
    const { engineId, id: containerId, name: containerName } = container;
    const refuse = (why: GuardRefusal['problem']) =>
      refused.push({ engineId, containerId, containerName, problem: why });
    const guard = guardFor(container, world, now);
    const offline = offlineProblem(world.engines.find(({ id }) => id === engineId));
    if (guard && known.has(guardKey(guard))) continue;
    if (offline) refuse(offline);
    else if (!guard) refuse(problem('guard_nothing', { container: containerName }, { engineId }));
    else {
      const wrong = guardProblem(guard, container, {
        ...world,
        guards: [...(world.guards ?? []), ...guards],
      });
      if (wrong) refuse(wrong);
      else {
        guards.push(guard);
        known.add(guardKey(guard));
      }
    }
  }
  return { guards, refused };
}

/** What the change log has of what was said. */
export const noteOf = (what: GuardNote['what'], guards: readonly Guard[]): GuardNote => ({
  ...{ kind: 'guard', what },
  guards: guards.map(({ engineId, containerName, attachments }) => ({
    ...{ engineId, containerName },
    addresses: attachments.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].flatMap((one) => one ?? [])),
  })),
});
