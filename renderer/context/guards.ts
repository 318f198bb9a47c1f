import { useStore } from 'zustand';
import type { Container, GuardStatus } from '../../shared/model';
import { guardKey, identityOf } from '../../shared/rules';
import { guardIn } from '../store/guards';
import { useApp } from './context';

/** Whether the admin has to look at it. */
export const needsALook = ({ state }: GuardStatus): boolean =>
  ['asked', 'doubled', 'barred', 'failed', 'stuck'].includes(state);

/** The guard of a container, as it stands; undefined where it has none. Draws anew only when this one is another. */
export function useGuardOf(container: Container): GuardStatus | undefined {
  const key = guardKey({ engineId: container.engineId, identity: identityOf(container) });
  return useStore(useApp().stores.guards, (state) => guardIn(state, key));
}
