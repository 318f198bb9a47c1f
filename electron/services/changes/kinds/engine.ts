import type { ChangeRecord, EngineRequest } from '../../../../shared/model';
import { planChange, type Inventory } from '../../../../shared/rules';
import type { EngineClient } from '../../../docker';
import { givenMacs } from '../given-macs';
import type { Kind } from '../kind';
import type { Neighbours } from '../neighbours';
import type { PlanningInventory } from '../planning-inventory';
import { onOneHost } from './one-host';

export interface EngineKindContext {
  /** Throws `engine_unknown`. */
  client(engineId: string): EngineClient;
  world: Pick<PlanningInventory, 'for'>;
  /** The change log, newest first. */
  records(): readonly ChangeRecord[];
  /** Asks on the LAN who answers for the addresses of a preview. */
  neighbours?: Pick<Neighbours, 'ask'>;
}

/** Changes of one engine: its containers' attachments, and its networks. */
export function engineKind({ client, world, records, neighbours }: EngineKindContext): Kind<EngineRequest> {
  // With the MACs that we fixed: engines that take one when connecting tell it nowhere.
  const worldFor = async (request: EngineRequest): Promise<Inventory> => ({
    ...(await world.for(request)),
    macs: givenMacs(records()),
  });
  return {
    keys: [],
    check: ({ engineId }) => void client(engineId),
    async plan(request) {
      const { engineId } = request;
      const inventory = await worldFor(request);
      return onOneHost(engineId, planChange(request, inventory), inventory);
    },
    // The answer takes seconds, and is in the next preview.
    ask: (request, planned) => neighbours?.ask(request, planned),
  };
}
