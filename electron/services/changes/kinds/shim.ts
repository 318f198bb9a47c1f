import type { ShimRequest } from '../../../../shared/model';
import { planShim, type Inventory } from '../../../../shared/rules';
import type { EngineClient } from '../../../docker';
import type { Keeper, Kind } from '../kind';
import { onOneHost } from './one-host';

export interface ShimKindContext {
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  /** With the shims that are kept. */
  inventory(): Inventory;
  /** Looks at the host; rejects where the admin allows no look, or none is possible now. */
  facts(engineId: string, refresh?: boolean): Promise<unknown>;
  /** Throws where the admin lets nothing be done on the host itself. */
  mayRun(engineId: string): void;
  keeper: Keeper<'shim'>;
}

/** Changes of the way from a host to its own containers: a link on the host, and the policy that keeps it there. */
export const shimKind = ({ client, inventory, facts, mayRun }: ShimKindContext): Kind<ShimRequest> => ({
  keys: [],
  check: ({ engineId }) => void client(engineId),
  async plan(request, { at }) {
    const { engineId } = request;
    // What no policy keeps may be on the host all the same, and be another console's.
    await facts(engineId).catch(() => null);
    const known = inventory();
    const { networkName: name, before, after, ...plan } = planShim(request, known, at);
    const kept = { what: 'shim' as const, engineId, name, before, after };
    return { ...onOneHost(engineId, plan, known), kept };
  },
  // Another console may have put or removed a link since the last look.
  refresh: async (engineIds) => {
    await Promise.allSettled(engineIds.map((engineId) => facts(engineId, true)));
  },
  allowed: (engineIds) => engineIds.forEach(mayRun),
});
