import type { EngineConnection } from '../../shared/model';
import { hostNameOf } from '../../shared/rules';
import type { EngineClient } from '../docker';
import type { HostNames } from './engines/host-names';
import { Sessions } from './engines/sessions';
import type { PushHub } from './hub';
import { DeltaGatherer } from './inventory/gather';
import { Inventory } from './inventory/inventory';
import { namedClient } from './clients/named-client';
import { readOnlyClient } from './clients/read-only-client';
import { MemoryHistory } from './history/store';
import type { Services } from './service';
import { keptColumns, Traffic } from './traffic/traffic';

export interface PictureContext {
  client(engineId: string, connection: EngineConnection): EngineClient;
  /** Nothing may be changed on any engine. */
  readOnly: boolean;
  /** Told what the engines say; traffic is one of them. */
  services: Services;
  names: HostNames;
  now(): number;
  report(error: unknown): void;
  /** All of an engine has been read, in so many milliseconds. */
  onRead(engineId: string, ms: number): void;
}

/** What is known of the engines, and what flows on them; empty until sessions are begun. */
export interface Picture {
  inventory: Inventory;
  sessions: Sessions;
  traffic: Traffic;
  deltas: DeltaGatherer;
}

export function createPicture(
  { client, readOnly, services, names, now, report, onRead }: PictureContext,
  hub: PushHub,
): Picture {
  const traffic: Traffic = services.add(
    new Traffic({
      history: new MemoryHistory(keptColumns),
      client: (id) => (inventory.engine(id)?.state === 'online' ? sessions.find(id)?.client : undefined),
      container: (engineId, id) => inventory.container(engineId, id),
      containers: (engineId) => inventory.containers(engineId),
      networks: (engineId) => inventory.networks(engineId),
      now,
      onIndex: (index) => hub.push('traffic.index', index),
      onTick: (tick) => hub.push('traffic.tick', tick),
    }),
  );
  const deltas = new DeltaGatherer((delta) => hub.push('inventory.delta', delta));
  const inventory: Inventory = new Inventory((delta) => {
    deltas.add(delta);
    services.onDelta(delta);
  });
  const sessions: Sessions = new Sessions({
    inventory,
    // The one place where clients come in: whatever asks for one later gets this.
    client: (id, connection) => {
      const made = client(id, connection);
      return namedClient(readOnly ? readOnlyClient(made) : made, () => hostNameOf(inventory.engine(id), id));
    },
    onOnline: (engineId) => services.onOnline(engineId),
    onRead,
    lastName: (engineId, endpoint) => names.last(engineId, endpoint),
    now,
    report,
  });
  return { inventory, sessions, traffic, deltas };
}
