import {
  policyKindOf,
  type KeptPolicy,
  type PolicyKindName,
  type PolicyRequest,
} from '../../../../shared/model';
import type { Inventory, PolicyPlan } from '../../../../shared/rules';
import type { EngineClient } from '../../../docker';
import type { Keepers, Kind } from '../kind';
import type { PlanningInventory } from '../planning-inventory';
import { onOneHost } from './one-host';

export interface PolicyKindContext {
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** With the policies that are kept. */
  world: Pick<PlanningInventory, 'looked'>;
  /** Throws where the admin lets nothing be done on the host itself. */
  mayRun(engineId: string): void;
  /** See `PolicyPlanner`. */
  plan(request: PolicyRequest, world: Inventory, at: number): PolicyPlan;
  keepers: Pick<Keepers, PolicyKindName>;
}

/** Changes of what an admin wants on a host and no engine can hold: what is put there, and the policy that keeps it there. */
export const policyKind = (context: PolicyKindContext): Kind<PolicyRequest> => ({
  keys: [],
  check: ({ engineId }) => void context.client(engineId),
  async plan(request, { at }) {
    const { engineId } = request;
    // What no policy keeps may be on the host all the same, and be another console's.
    const known = await context.world.looked([engineId], false);
    const { name, before, after, ...plan } = context.plan(request, known, at);
    const kept = { what: policyKindOf(request), engineId, name, before, after } as KeptPolicy;
    return { ...onOneHost(engineId, plan, known), kept };
  },
  // Another console may have put or removed something since the last look.
  refresh: async (engineIds) => {
    await context.world.looked(engineIds);
  },
  allowed: (engineIds) => engineIds.forEach((engineId) => context.mayRun(engineId)),
});
