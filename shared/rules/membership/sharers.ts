import type { Container } from '../../model';
import { resolveOwner } from '../inventory/inventory';
import { isLive } from './leftover';
import { shortId } from '../basics/names';

/**
 * Why a container that uses another's network is cut off, or can't start again (docs/engine-facts.md §3). `owner` is the
 * owner's name, or the id by which one that is gone was known.
 */
export interface SharerTrouble {
  kind: 'ownerGone' | 'ownerStopped' | 'ownerRestarted';
  container: Container;
  owner: string;
}

/** A sharer and whom it shares with, up to the one with a network of its own; as far as they exist. */
function chainOf(sharer: Container, containers: Container[]): Container[] {
  const chain = [sharer];
  for (
    let at = resolveOwner(sharer, containers);
    at && !chain.includes(at);
    at = resolveOwner(at, containers)
  )
    chain.push(at);
  return chain;
}

/** Milliseconds by the host's clock; NaN where it is not known, which is before and after nothing. */
const startOf = ({ detail }: Container): number => Date.parse(detail?.startedAt ?? '');

/** The sharer, or one between it and the owner, joined a network namespace that went with the owner's last stop. */
const isLeftBehind = (owner: Container, joined: readonly Container[]): boolean =>
  joined.some((each) => startOf(each) < startOf(owner));

/** Those that run and use this container's network: they lose it for good when it stops, until they start again, too. */
export const liveSharers = (owner: Container, containers: Container[]): Container[] =>
  containers.filter(
    (each) =>
      each !== owner &&
      each.engineId === owner.engineId &&
      isLive(each) &&
      chainOf(each, containers).some(({ id }) => id === owner.id),
  );

/** What is wrong with the network that a container shares with another; null when nothing is, or it has its own. */
export function sharerTrouble(container: Container, containers: Container[]): SharerTrouble | null {
  if (container.networkMode.kind !== 'container') return null;
  const chain = chainOf(container, containers);
  const owner = chain.at(-1);
  if (!owner || owner === container) {
    const { containerId } = container.networkMode;
    const gone = /^[0-9a-f]{64}$/.test(containerId) ? shortId(containerId) : containerId;
    return { kind: 'ownerGone', container, owner: gone };
  }
  // Of one between whose own owner is gone, its own finding tells.
  if (owner.networkMode.kind === 'container' || !isLive(container)) return null;
  const found = { container, owner: owner.name };
  if (['created', 'exited', 'dead'].includes(owner.state)) return { kind: 'ownerStopped', ...found };
  return isLive(owner) && isLeftBehind(owner, chain.slice(0, -1))
    ? { kind: 'ownerRestarted', ...found }
    : null;
}
