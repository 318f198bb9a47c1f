import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { GuardDecision, GuardStatus, Problem, Result } from '../../../shared/model';
import { useApp } from '../../context/context';

const none: readonly GuardStatus[] = [];

export const useGuards = (): readonly GuardStatus[] =>
  useStore(useApp().stores.guards, (state) => state.guards) ?? none;

interface GuardActions {
  busy: GuardDecision | 'release' | null;
  problem: Problem | null;
  decide: (decision: GuardDecision) => void;
  release: () => void;
}

/** What an admin does with a guard, and why that failed. */
export function useGuardActions({
  engineId,
  identity,
}: Pick<GuardStatus, 'engineId' | 'identity'>): GuardActions {
  const { api, stores } = useApp();
  const [busy, setBusy] = useState<GuardActions['busy']>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = useCallback(
    async (what: NonNullable<GuardActions['busy']>, asked: Promise<Result<GuardStatus[]>>) => {
      setBusy(what);
      setProblem(null);
      const result = await asked;
      setBusy(null);
      if (result.ok) stores.guards.setState({ guards: result.value });
      else setProblem(result.error);
    },
    [stores],
  );
  return {
    busy,
    problem,
    decide: (decision) => void take(decision, api.invoke('guard.decide', { engineId, identity, decision })),
    release: () => void take('release', api.invoke('guard.release', { engineId, identity })),
  };
}
