import type { Container } from '../../../shared/model';
import type { CountersSample, Disposable, EngineClient } from '../../docker';
import { attached, matchInterfaces, type InterfaceNetwork } from './interfaces';
import { Readings, type RateRow } from './rates';

/** A stream that ends while its container runs is opened again after so long, growing to the last. Milliseconds. */
const retry = { first: 1_000, last: 30_000 };

/** More interfaces than any container has; an engine that names more is not believed. */
const mostInterfaces = 256;

/** An interface followed, with its newest rates. */
export interface FollowedInterface {
  name: string;
  network: InterfaceNetwork;
  rates: RateRow | null;
  /** When the rates were computed, milliseconds, by our clock. */
  at: number;
  readings: Readings;
}

/** Follows the counters of one running container and turns them into rates. */
export class ContainerFollower {
  readonly interfaces = new Map<string, FollowedInterface>();
  private stream: Disposable | null = null;
  private timer: NodeJS.Timeout | null = null;
  private macs: ReadonlyMap<string, string> = new Map();
  private asked = '';
  private ended = false;
  private retryMs = retry.first;

  constructor(
    private readonly client: EngineClient,
    private container: Container,
    private readonly now: () => number,
    /** The set of interfaces, or their networks, changed. */
    private readonly onShape: () => void,
  ) {
    this.open();
  }

  /** The container was read anew: its endpoints may have changed. */
  update(container: Container): void {
    this.container = container;
    this.match();
  }

  dispose(): void {
    this.ended = true;
    this.stream?.dispose();
    if (this.timer) clearTimeout(this.timer);
  }

  private open(): void {
    // What went by while nothing was read is no rate of now.
    for (const each of this.interfaces.values()) each.readings = new Readings();
    this.stream = this.client.counters(
      this.container.id,
      (sample) => this.take(sample),
      () => this.reopen(),
    );
  }

  private reopen(): void {
    if (this.ended) return;
    this.timer = setTimeout(() => this.open(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, retry.last);
  }

  private take(sample: CountersSample): void {
    if (this.ended) return;
    this.retryMs = retry.first;
    let shape = false;
    for (const counters of sample.interfaces.slice(0, mostInterfaces)) {
      let known = this.interfaces.get(counters.interface);
      if (!known) {
        shape = true;
        const network = { networkId: '', exact: false };
        known = { name: counters.interface, network, rates: null, at: 0, readings: new Readings() };
        this.interfaces.set(counters.interface, known);
      }
      known.rates = known.readings.take(sample.at, counters);
      known.at = this.now();
    }
    if (this.dropMissing(sample) || shape) this.match();
  }

  /** A detached interface is gone from the sample. */
  private dropMissing(sample: CountersSample): boolean {
    const present = new Set(sample.interfaces.map((each) => each.interface));
    let dropped = false;
    for (const name of this.interfaces.keys())
      if (!present.has(name)) dropped = this.interfaces.delete(name) || dropped;
    return dropped;
  }

  private match(): void {
    this.askMacs();
    const networks = matchInterfaces([...this.interfaces.keys()], this.container, this.macs);
    for (const [name, each] of this.interfaces)
      each.network = networks.get(name) ?? { networkId: '', exact: true };
    this.onShape();
  }

  /** Only where the answer matters, and once for each set of endpoints: it costs an exec. */
  private askMacs(): void {
    const endpoints = attached(this.container);
    const key = JSON.stringify([[...this.interfaces.keys()], endpoints.map((each) => each.mac)]);
    if (this.asked === key || this.interfaces.size === 0) return;
    this.asked = key;
    if (this.interfaces.size === 1 && endpoints.length === 1) return;
    void this.client.interfaceMacs(this.container.id).then(
      (macs) => {
        if (this.ended || this.asked !== key) return;
        this.macs = macs;
        this.match();
      },
      () => undefined,
    );
  }
}
