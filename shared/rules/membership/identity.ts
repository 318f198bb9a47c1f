import type { Container, ContainerIdentity, Guard } from '../../model';
import { isLive } from './leftover';

const label = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  replaces: 'com.docker.compose.replace',
} as const;

/** What a container is known by when it is made anew. What `compose run` starts is a service's in name only. */
export function identityOf({ labels, name }: Pick<Container, 'labels' | 'name'>): ContainerIdentity {
  const { [label.project]: project, [label.service]: service, [label.number]: number } = labels;
  const oneOff = labels[label.oneOff]?.toLowerCase() === 'true';
  return project && service && number && !oneOff
    ? { by: 'compose', project, service, number }
    : { by: 'name', name };
}

/** One text an identity, alike for equal ones only. */
export const identityKey = (identity: ContainerIdentity): string =>
  identity.by === 'name'
    ? JSON.stringify([identity.name])
    : JSON.stringify([identity.project, identity.service, identity.number]);

/**
 * Whether a container takes the place of another that is still there. Compose makes the new one before the old one goes: v2 says
 * so on it, v1 stops the old one first. Of two that run neither does.
 */
export function supersedes(container: Container, other: Container): boolean {
  if (container.engineId !== other.engineId || container.id === other.id) return false;
  const [mine, theirs] = [identityOf(container), identityOf(other)];
  // Two of one name there are never.
  if (mine.by !== 'compose' || identityKey(mine) !== identityKey(theirs)) return false;
  const replaced = container.labels[label.replaces];
  if (replaced !== undefined) return replaced === other.id && !(isLive(container) && isLive(other));
  // Engines tell to the second when one was made.
  return container.created > other.created && !isLive(other);
}

/** By engine and identity, those that are not on their way out; once for each list, which is asked for many guards. */
const indexes = new WeakMap<readonly Container[], ReadonlyMap<string, readonly Container[]>>();

/** Tells guards apart, and who claims to be whom, over all engines. */
export const guardKey = ({ engineId, identity }: Pick<Guard, 'engineId' | 'identity'>): string =>
  `${engineId} ${identityKey(identity)}`;

function indexOf(containers: readonly Container[]): ReadonlyMap<string, readonly Container[]> {
  const known = indexes.get(containers);
  if (known) return known;
  const made = new Map<string, Container[]>();
  for (const one of containers) {
    if (one.state === 'removing' || one.state === 'dead') continue;
    const key = guardKey({ engineId: one.engineId, identity: identityOf(one) });
    const there = made.get(key);
    if (there) there.push(one);
    else made.set(key, [one]);
  }
  indexes.set(containers, made);
  return made;
}

/** Those that claim to be the container of a guard, without those that are on their way out. The list is not to be changed later. */
export function claimantsOf(
  { engineId, identity }: Pick<Guard, 'engineId' | 'identity'>,
  containers: readonly Container[],
): readonly Container[] {
  const all = indexOf(containers).get(guardKey({ engineId, identity })) ?? [];
  return all.filter((one) => !all.some((other) => supersedes(other, one)));
}

/**
 * The one whose place a container is to take, while that still runs and this one does not: whoever makes containers anew may be
 * broken off before that one is stopped.
 */
export function runningBefore(container: Container, containers: readonly Container[]): Container | undefined {
  if (isLive(container)) return undefined;
  const all =
    indexOf(containers).get(guardKey({ engineId: container.engineId, identity: identityOf(container) })) ??
    [];
  return all.find((other) => isLive(other) && supersedes(container, other));
}

/** As an admin is told who is meant where there is no such container: compose's project, service and number, or the name. */
export const identityName = (identity: ContainerIdentity): string =>
  identity.by === 'name' ? identity.name : `${identity.project}/${identity.service}/${identity.number}`;
