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
  /** Throws where the admin lets nothing be done on the host itself. */
  mayRun(engineId: string): void;
  keeper: Keeper<'shim'>;
}

/** Changes of the way from a host to its own containers: a link on the host, and the policy that keeps it there. */
export const shimKind = ({ client, inventory, mayRun }: ShimKindContext): Kind<ShimRequest> => ({
  keys: [],
  check: ({ engineId }) => void client(engineId),
  async plan(request, { at }) {
    const { engineId } = request;
    const known = inventory();
    const { networkName: name, before, after, ...plan } = planShim(request, known, at);
    const kept = { what: 'shim' as const, engineId, name, before, after };
    return { ...onOneHost(engineId, plan, known), kept };
  },
  allowed: (engineIds) => engineIds.forEach(mayRun),
});
