import type { DemoContainer, DemoNetwork } from './model';
import type { Quirks } from './versions';

export interface EngineEventRecord {
  type: 'container' | 'network';
  action: string;
  actorId: string;
  attributes: Record<string, string>;
  /** Milliseconds since the epoch. */
  at: number;
  json: string;
}

/** The engine keeps this many events in memory for `since`; they are lost when it restarts. */
const RING = 256;

/** What happened on one engine, replayed from a short memory and told to whoever listens. */
export class EventLog {
  private readonly ring: EngineEventRecord[] = [];
  private readonly listeners = new Set<(event: EngineEventRecord) => void>();
  private sequence = 0;

  constructor(
    private readonly quirks: Quirks,
    private readonly now: () => number,
  ) {}

  container(container: DemoContainer, action: string, extra: Record<string, string> = {}): void {
    const attributes = { ...extra, ...container.labels, image: container.image, name: container.name };
    const legacy = { status: action, id: container.id, from: container.image };
    this.emit('container', action, container.id, attributes, this.quirks.deprecatedFields ? legacy : {});
  }

  network(network: DemoNetwork, action: string, extra: Record<string, string> = {}): void {
    this.emit('network', action, network.id, { ...extra, name: network.name, type: network.driver }, {});
  }

  /** Remembered events from `since` on, oldest first. */
  remembered(since: number): EngineEventRecord[] {
    return this.ring.filter((event) => event.at >= since);
  }

  subscribe(listener: (event: EngineEventRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  forget(): void {
    this.ring.length = 0;
  }

  private emit(
    type: EngineEventRecord['type'],
    action: string,
    actorId: string,
    attributes: Record<string, string>,
    legacy: object,
  ): void {
    const at = this.now();
    // Nanoseconds exceed a double's precision, so they are put together as text; the sequence keeps order.
    const nanos = `${Math.floor(at)}${String(this.sequence++ % 1e6).padStart(6, '0')}`;
    const body = {
      ...legacy,
      Type: type,
      Action: action,
      Actor: { ID: actorId, Attributes: attributes },
      scope: 'local',
      time: Math.floor(at / 1000),
    };
    const json = `${JSON.stringify(body).slice(0, -1)},"timeNano":${nanos}}`;
    const event = { type, action, actorId, attributes, at, json };
    this.ring.push(event);
    if (this.ring.length > RING) this.ring.shift();
    for (const listener of this.listeners) listener(event);
  }
}
