import type { GuardStatus } from '../../../shared/model';
import { guardKey } from '../../../shared/rules';
import { needsALook } from '../../context/guards';

/** What a toast tells of a guard: all of it was read back on its engine, or the admin has to look at it. */
export interface News {
  what: 'given' | 'look';
  guard: GuardStatus;
}

/**
 * What is new in the guards each time they are told. What is there at first is no news: the overview lists it. One that is tried
 * again and fails again is told once, until it is as guarded again.
 */
export function guardNews(): (guards: readonly GuardStatus[] | null) => News[] {
  let before: ReadonlyMap<string, Pick<GuardStatus, 'state' | 'containerId'>> | null = null;
  const told = new Set<string>();
  return (guards) => {
    if (guards === null) {
      before = null;
      return [];
    }
    const known = before;
    before = new Map(guards.map((guard) => [guardKey(guard), guard]));
    return guards.flatMap((guard): News[] => {
      const key = guardKey(guard);
      if (!needsALook(guard)) {
        if (guard.state !== 'kept') return [];
        for (const each of [...told]) if (each.startsWith(`${key} `)) told.delete(each);
        const was = known?.get(key);
        // What is guarded for the first time has lost nothing, though its address is fixed by the same change.
        return was?.state === 'restoring' && was.containerId !== '' ? [{ what: 'given', guard }] : [];
      }
      const now = `${key} ${guard.state}`;
      const first = !told.has(now);
      told.add(now);
      return known && first ? [{ what: 'look', guard }] : [];
    });
  };
}
