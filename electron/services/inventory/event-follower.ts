import { assertNever } from '../../../shared/model';
import type { EngineEvent } from '../../docker';
import type { EngineReader } from './reader';
import type { Inventory } from './inventory';

/** Events come in bunches (kill, die, disconnect, stop): one read answers them all. Milliseconds. */
const gatherMs = 40;

/** More than so many containers at once are read by one list instead of one by one. */
const listFrom = 40;

/**
 * Turns the engine's events into reads. An event names what changed and never how (it carries no address), so each
 * one only marks its subject; what is marked is read shortly after, once, however many events spoke of it.
 */
export class EventFollower {
  private containers = new Set<string>();
  private networks = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> = Promise.resolve();
  private ended = false;

  constructor(
    private readonly engineId: string,
    private readonly inventory: Inventory,
    private readonly reader: EngineReader,
    private readonly onDaemonEvent: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  handle(event: EngineEvent): void {
    switch (event.kind) {
      case 'container':
        if (event.action === 'destroy') this.forget(event.containerId);
        else this.containers.add(event.containerId);
        break;
      case 'attachment':
        if (event.containerId) this.containers.add(event.containerId);
        break;
      case 'network':
        if (event.action === 'destroy')
          this.inventory.update(this.engineId, { networksRemoved: [event.networkId] });
        else this.networks.add(event.networkId);
        break;
      case 'daemon':
        this.onDaemonEvent();
        break;
      default:
        assertNever(event);
    }
    this.schedule();
  }

  dispose(): void {
    this.ended = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private forget(containerId: string): void {
    this.containers.delete(containerId);
    this.inventory.update(this.engineId, { containersRemoved: [containerId] });
  }

  private schedule(): void {
    if (this.timer || this.ended) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.reading = this.reading.then(() => this.flush()).catch(this.onError);
    }, gatherMs);
  }

  private async flush(): Promise<void> {
    if (this.ended) return;
    const containers = [...this.containers];
    const networks = [...this.networks];
    this.containers = new Set();
    this.networks = new Set();
    if (containers.length > listFrom) return this.reader.resync(false);
    await Promise.all([
      this.reader.readContainers(containers),
      ...networks.map((id) => this.reader.readNetwork(id)),
    ]);
  }
}
