import { useMemo } from 'react';
import type { Container, GuardStatus, GuardTargets } from '../../../shared/model';
import { attachmentsToKeep, identityOf, membersOf, guardKey } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { useGuards } from './use-guards';

interface Targets {
  /** Those that are there. */
  containers: readonly Container[];
  /** The guards of them, and of those that are away whose addresses are kept on these networks. */
  guarded: readonly GuardStatus[];
  /** The names of those that are not guarded and have something that could be. */
  open: readonly string[];
}

/** Who is meant where networks are, by what is known here. */
export function useTargets({ networks = [] }: GuardTargets): Targets {
  const snapshot = useInventory((state) => state.snapshot);
  const guards = useGuards();
  return useMemo(() => {
    const here = snapshot.networks.filter((one) =>
      networks.some(({ engineId, networkId }) => one.engineId === engineId && one.id === networkId),
    );
    const containers = [
      ...new Set(here.flatMap((one) => membersOf(one, snapshot).map(({ container }) => container))),
    ];
    const keys = new Set(
      containers.map((one) => guardKey({ engineId: one.engineId, identity: identityOf(one) })),
    );
    const isKeptHere = ({ engineId, attachments }: GuardStatus) =>
      attachments.some(({ networkName }) =>
        here.some((one) => one.engineId === engineId && one.name === networkName),
      );
    const guarded = guards.filter(
      (guard) => keys.has(guardKey(guard)) || (guard.state === 'away' && isKeptHere(guard)),
    );
    const known = new Set(guarded.map(guardKey));
    const open = containers
      .filter((one) => !known.has(guardKey({ engineId: one.engineId, identity: identityOf(one) })))
      .filter((one) => attachmentsToKeep(one, snapshot).length > 0)
      .map(({ name }) => name)
      .sort();
    return { containers, guarded, open };
  }, [snapshot, guards, networks]);
}
