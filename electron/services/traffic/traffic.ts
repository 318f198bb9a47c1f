import {
  trafficColumns,
  type Container,
  type Delta,
  type Network,
  type TrafficHistory,
  type TrafficIndex,
  type TrafficSeries,
  type TrafficTick,
} from '../../../shared/model';
import { containerKey, networkFinder } from '../../../shared/rules';
import type { CommandArgs } from '../../../shared/contract';
import type { EngineClient } from '../../docker';
import type { History, HistoryWriter } from '../history/store';
import type { Service } from '../service';
import { ContainerFollower, type FollowedInterface } from './follower';

/** What is kept of each interface: bits per second. */
export const keptColumns = ['rxBits', 'txBits'] as const;
export type TrafficStore = History<TrafficSeries, (typeof keptColumns)[number]>;

/** Streams come slower than once a second under load (docs/engine-facts.md §4); a rate older than this is gone. */
const staleMs = 3_500;

/** Whether a network of it is known by its name alone. */
const isNameless = ({ endpoints }: Container): boolean => endpoints.some(({ networkId }) => networkId === '');

export interface TrafficContext {
  history: TrafficStore;
  /** The engine's client while it is online. */
  client(engineId: string): EngineClient | undefined;
  container(engineId: string, id: string): Container | undefined;
  containers(engineId: string): readonly Container[];
  networks(engineId: string): readonly Network[];
  now(): number;
  onIndex(index: TrafficIndex): void;
  onTick(tick: TrafficTick): void;
}

interface Row {
  series: TrafficSeries;
  source: FollowedInterface;
  history: HistoryWriter;
}

/**
 * Whether the container has counters of its own. One that shares another's namespace shows the other's, which must
 * not count twice; host and none have none (docs/engine-facts.md §3).
 */
const counts = (container: Container): boolean =>
  container.state === 'running' &&
  container.networkMode.kind !== 'container' &&
  container.networkMode.kind !== 'host' &&
  container.endpoints.some((each) => each.endpointId !== '' && each.mac !== '');

/** Follows every running container's interfaces, ticks once a second, and keeps the last hour of each. */
export class Traffic implements Service {
  private readonly followers = new Map<string, { engineId: string; follower: ContainerFollower }>();
  private rows: Row[] = [];
  private version = 0;
  /** The version that the windows have been told. */
  private announced = 0;
  private stale = true;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly context: TrafficContext) {}

  start(): void {
    this.timer = setInterval(() => this.tick(), 1_000);
  }

  dispose(): void {
    if (this.timer) clearInterval(this.timer);
    for (const { follower } of this.followers.values()) follower.dispose();
    this.followers.clear();
  }

  /** Follows what began to run, lets go of what stopped. */
  onDelta(delta: Delta): void {
    if (delta.engineRemoved) return this.forgetEngine(delta.engineId);
    if (delta.engine && delta.engine.state !== 'online') return this.dropEngine(delta.engineId);
    for (const id of delta.containersRemoved) this.drop(containerKey(delta.engineId, id));
    for (const container of delta.containers) this.consider(container);
    if (delta.networks.length > 0)
      for (const container of this.context.containers(delta.engineId).filter(isNameless))
        this.consider(container);
  }

  /** The engine is in step again: streams that ended with it are opened anew, those of the first look go on. */
  onOnline(engineId: string): void {
    for (const container of this.context.containers(engineId)) this.consider(container);
  }

  index(): TrafficIndex {
    this.refreshRows();
    return { version: this.version, series: this.rows.map((row) => row.series) };
  }

  async history(query: CommandArgs<'traffic.history'>): Promise<TrafficHistory> {
    const { at, columns } = await this.context.history.query({
      of: (series) =>
        series.engineId === query.engineId &&
        (query.containerId === undefined || series.containerId === query.containerId) &&
        (query.networkId === undefined || series.networkId === query.networkId) &&
        (query.interface === undefined || series.interface === query.interface),
      columns: keptColumns,
      until: Math.floor(this.context.now() / 1000),
      seconds: query.seconds,
      points: query.points,
    });
    const { rxBits, txBits } = columns;
    return { at, rxBits: rxBits.mean, txBits: txBits.mean, rxPeak: rxBits.peak, txPeak: txBits.peak };
  }

  private consider(container: Container): void {
    const key = containerKey(container.engineId, container.id);
    const known = this.followers.get(key);
    if (!counts(container)) return this.drop(key);
    const named = this.withNetworkIds(container);
    if (known) return known.follower.update(named);
    const client = this.context.client(container.engineId);
    if (!client) return;
    const follower = new ContainerFollower(client, named, this.context.now, () => (this.stale = true));
    this.followers.set(key, { engineId: container.engineId, follower });
  }

  /** Rates are asked for by the ids of networks, which some engines' records leave out (docs/engine-facts.md §2). */
  private withNetworkIds(container: Container): Container {
    if (!isNameless(container)) return container;
    const find = networkFinder(this.context.networks(container.engineId));
    const endpoints = container.endpoints.map((each) =>
      each.networkId ? each : { ...each, networkId: find(each)?.id ?? '' },
    );
    return { ...container, endpoints };
  }

  private drop(key: string): void {
    const known = this.followers.get(key);
    if (!known) return;
    known.follower.dispose();
    this.followers.delete(key);
    this.stale = true;
  }

  private dropEngine(engineId: string): void {
    for (const [key, each] of this.followers) if (each.engineId === engineId) this.drop(key);
  }

  private forgetEngine(engineId: string): void {
    this.dropEngine(engineId);
    this.context.history.forget((series) => series.engineId === engineId);
  }

  private tick(): void {
    const now = this.context.now();
    const second = Math.floor(now / 1000);
    const index = this.index();
    // Told to all, also when one window has asked for it already.
    const news = index.version !== this.announced;
    if (news) this.context.onIndex(index);
    this.announced = index.version;
    if (news || second % 60 === 0)
      this.context.history.trim(second, new Set(this.rows.map((row) => row.history)));
    const values = new Float64Array(this.rows.length * trafficColumns.length).fill(NaN);
    this.rows.forEach(({ source, history }, row) => {
      const rates = now - source.at <= staleMs ? source.rates : null;
      if (!rates) return;
      rates.forEach((value, column) => (values[column * this.rows.length + row] = value));
      history.write(second, [rates[0], rates[1]]);
    });
    this.context.onTick({ version: this.version, at: now, values });
  }

  private refreshRows(): void {
    if (!this.stale) return;
    this.stale = false;
    this.version += 1;
    this.rows = [...this.followers.entries()].flatMap(([key, { engineId, follower }]) =>
      [...follower.interfaces.values()].map((source) => {
        const { networkId, exact } = source.network;
        const containerId = key.slice(engineId.length + 1);
        const series = { engineId, containerId, interface: source.name, networkId, exact };
        return { series, source, history: this.historyOf(series) };
      }),
    );
  }

  /** The interface name may come back with another network: that is another history. */
  private historyOf(series: TrafficSeries): HistoryWriter {
    const key = `${containerKey(series.engineId, series.containerId)}@${series.networkId}/${series.interface}`;
    return this.context.history.series(key, series);
  }
}
