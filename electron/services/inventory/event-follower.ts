import { assertNever } from '../../../shared/model';
import type { EngineEvent } from '../../docker';
import type { ReadBudget } from './read-budget';
import type { EngineReader } from './reader';

/** More than so many things at once are looked up in the lists first, which say what of them there still is. */
const listFrom = 40;

/** Of more events before the next read none is kept: all is read anew then, as a whole. */
const mostKept = 10_000;

/**
 * Turns the engine's events into reads. An event names what changed and never how (it carries no address), so each
 * one only marks its subject; what is marked is read shortly after, once, however many events spoke of it. Reads
 * never overlap, and a storm of events is answered at a measured pace.
 */
export class EventFollower {
  private containers = new Set<string>();
  private networks = new Set<string>();
  private daemon = false;
  /** Ends that were told since the last read. */
  private ends = 0;
  /** There were too many events to be kept. */
  private overrun = false;
  private timer: NodeJS.Timeout | null = null;
  private reading = false;
  private ended = false;

  constructor(
    private readonly reader: EngineReader,
    private readonly budget: ReadBudget,
    private readonly onDaemonEvent: () => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  handle(event: EngineEvent): void {
    if (this.ended) return;
    if (this.overrun || this.marked + this.ends >= mostKept) {
      this.overrun = true;
      return this.schedule();
    }
    switch (event.kind) {
      case 'container':
        if (event.action === 'destroy') this.containerGone(event.containerId);
        else this.mark(this.containers, event.containerId);
        break;
      case 'attachment':
        if (event.containerId) this.mark(this.containers, event.containerId);
        break;
      case 'network':
        if (event.action === 'destroy') this.networkGone(event.networkId);
        else this.mark(this.networks, event.networkId);
        break;
      case 'daemon':
        this.daemon = true;
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

  private mark(set: Set<string>, id: string): void {
    set.add(id);
    this.reader.mark(id);
  }

  private containerGone(id: string): void {
    this.ends += 1;
    this.containers.delete(id);
    this.reader.containerGone(id);
  }

  private networkGone(id: string): void {
    this.ends += 1;
    this.networks.delete(id);
    this.reader.networkGone(id);
  }

  private get marked(): number {
    return this.containers.size + this.networks.size + Number(this.daemon) + Number(this.overrun);
  }

  private schedule(): void {
    if (this.timer || this.reading || this.ended || this.marked === 0) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, this.budget.wait(this.marked));
  }

  private async flush(): Promise<void> {
    const containers = [...this.containers];
    const networks = [...this.networks];
    const { daemon, overrun } = this;
    this.budget.spend(this.marked);
    this.containers = new Set();
    this.networks = new Set();
    this.daemon = false;
    this.ends = 0;
    this.overrun = false;
    this.reading = true;
    try {
      const many = containers.length + networks.length > listFrom;
      await Promise.all([
        ...(many || overrun
          ? [this.reader.resync(overrun)]
          : [this.reader.readContainers(containers), ...networks.map((id) => this.reader.readNetwork(id))]),
        ...(daemon ? [this.onDaemonEvent()] : []),
      ]);
    } catch (error) {
      if (!this.ended) this.onError(error);
    } finally {
      this.reading = false;
      this.schedule();
    }
  }
}
