import type { DemoEngine } from '../engine/engine';
import { badRequest, EngineError, notFound, systemError } from '../engine/errors';
import { isLive, type DemoContainer } from '../engine/model';

/** Why a running container's traffic can't be read, in the engine's words; null when it can. */
export function whyUnread(engine: DemoEngine, container: DemoContainer): EngineError | null {
  const shared = /^container:(.+)$/.exec(container.networkMode)?.[1];
  const owner = shared ? engine.findContainer(shared) : container;
  if (!owner) return notFound(`Could not get container for ${shared}: No such container: ${shared}`);
  if (!isLive(owner)) return badRequest('invalid id: id is empty');
  const lost = [...owner.endpoints.values()].find(({ attached }) => attached?.lost)?.attached;
  if (!lost) return null;
  const netns = `/run/docker/netns/${owner.sandboxId.slice(0, 12)}`;
  return systemError(
    `failed to retrieve the statistics for ${lost.interface} in netns ${netns}: Link not found`,
  );
}

/**
 * How `one-shot` says so, where it does not give a frame of no time: 26.1 under the status 200, for it has begun to
 * answer by then (docs/engine-facts.md §4).
 */
export function oneShotRefusal(engine: DemoEngine, container: DemoContainer): EngineError | null {
  const why = isLive(container) ? whyUnread(engine, container) : null;
  const { unreadOneShot } = engine.quirks;
  if (!why || unreadOneShot === 'frame') return null;
  // 26.1 still knows the namespace of a stopped owner; newer ones pass over an owner that is no more [R].
  if (why.status === (unreadOneShot === 'told' ? 400 : 404)) return null;
  return unreadOneShot === 'told' ? new EngineError(200, why.message) : why;
}
