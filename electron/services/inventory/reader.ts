import type { Container, Network } from '../../../shared/model';
import { ProblemError, type ErrorCode } from '../../../shared/model';
import { eachAtMost, type EngineClient } from '../../docker';
import type { Inventory, InventoryUpdate } from './inventory';
import type { Oddities } from './oddities';
import { OneAtATime } from './one-at-a-time';
import { Races, type Race } from './races';

/** Inspects at once on one engine: enough to be quick, few enough to leave the daemon free for others. */
const inspectWidth = 8;

/** An engine that has not answered a ping for so long has gone. Milliseconds. */
export const pingTimeout = 4_000;

/** What the list says of a container. A difference asks for an inspect. */
const signature = (listed: Container): string => JSON.stringify(listed);

const isGone = (error: unknown): boolean =>
  error instanceof ProblemError &&
  (error.problem.code === 'container_not_found' || error.problem.code === 'network_not_found');

const maybeLost: readonly ErrorCode[] = ['engine_unreachable', 'engine_timeout', 'engine_permission'];
const mayMeanLost = (error: unknown): boolean =>
  error instanceof ProblemError && maybeLost.includes(error.problem.code);

/** What is under way while the engine stays within reach; once it is lost, its answers are void. */
class Attempt {
  over = false;
  readonly reads = new OneAtATime();
  readonly races = new Races();
}

/**
 * Reads one engine into the inventory: everything from the lists first, so that the picture is there at once, then
 * each container in full. Afterwards only what changed. However much happens, a thing is read once at a time.
 */
export class EngineReader {
  /** Of each container that was inspected since, what the list said of it. */
  private readonly listed = new Map<string, string>();
  /** What events have spoken of since the last lists were asked for. */
  private marked = new Set<string>();
  private attempt = new Attempt();
  private wantAll = false;
  /** Under way now. */
  private readings = 0;

  constructor(
    private readonly client: EngineClient,
    private readonly inventory: Inventory,
    private readonly oddities: Oddities,
    /** Told whenever the lists have been read: what is on the engine is known. */
    private readonly onListed: () => void = () => undefined,
    /** Told whenever all has been read, and how long that took, milliseconds. */
    private readonly onRead: (ms: number) => void = () => undefined,
  ) {}

  private get engineId(): string {
    return this.client.engineId;
  }

  /** The engine is lost: nothing more is asked in this attempt, and what is still answered does not count. */
  abandon(): void {
    this.attempt.over = true;
    this.attempt = new Attempt();
    this.oddities.clear();
  }

  /** An event spoke of it: what is on its way may be older, and the next audit trusts nothing known of it. */
  mark(id: string): void {
    this.listed.delete(id);
    this.marked.add(id);
    this.attempt.races.touch(id);
  }

  containerGone(id: string): void {
    this.gone(id, { containersRemoved: [id] });
  }

  networkGone(id: string): void {
    this.gone(id, { networksRemoved: [id] });
  }

  /** Lists everything and inspects what differs from the last list; with `all`, inspects every container. */
  resync(all: boolean): Promise<void> {
    this.wantAll ||= all;
    return this.attempt.reads.run('lists', () => {
      const whole = this.wantAll;
      this.wantAll = false;
      return this.sync(whole);
    });
  }

  /** Inspects these containers; those that are gone leave the inventory. */
  readContainers(ids: readonly string[]): Promise<void> {
    return this.inspect(new Map(ids.map((id) => [id, null])));
  }

  readNetwork(id: string): Promise<void> {
    const { attempt } = this;
    return this.telling(() =>
      attempt.reads.run(`network ${id}`, () =>
        this.read(attempt, id, {
          ask: () => this.client.network(id),
          take: (network) => ({ networks: [network] }),
          gone: () => this.networkGone(id),
        }),
      ),
    );
  }

  private async sync(all: boolean): Promise<void> {
    const { attempt } = this;
    const begun = performance.now();
    this.marked = new Set();
    let changed: Container[] = [];
    let spokenOf: string[] = [];
    await attempt.races.run(
      () => Promise.all([this.client.networks(), this.client.containers()]),
      ([networks, containers], race) => {
        if (attempt.over) return;
        this.oddities.listedWithoutId(this.client.nameless());
        changed = this.takeLists(networks, containers, all, race);
        spokenOf = networks.map(({ id }) => id).filter((id) => race.touched.has(id) && !race.removed.has(id));
        this.onListed();
      },
    );
    // What was not taken from the lists is read before anybody is told that all is.
    await Promise.all([
      this.inspect(new Map(changed.map((each) => [each.id, signature(each)]))),
      ...spokenOf.map((id) => this.readNetwork(id)),
    ]);
    if (!attempt.over) this.onRead(performance.now() - begun);
  }

  /** What lists say counts, but for what was spoken of or read since they were asked for. Gives what to inspect. */
  private takeLists(networks: Network[], containers: Container[], all: boolean, race: Race): Container[] {
    const known = (id: string) => this.inventory.container(this.engineId, id) !== undefined;
    const lost = (had: readonly { id: string }[], have: readonly { id: string }[]) => {
      const present = new Set(have.map((each) => each.id));
      return had.map((each) => each.id).filter((id) => !present.has(id) && !race.touched.has(id));
    };
    const changed = containers.filter(
      (each) => !race.removed.has(each.id) && (all || this.listed.get(each.id) !== signature(each)),
    );
    const fresh = changed.filter(({ id }) => (known(id) ? all && !race.touched.has(id) : true));
    const containersRemoved = lost(this.inventory.containers(this.engineId), containers);
    this.inventory.update(this.engineId, {
      networks: networks.filter(({ id }) => !race.touched.has(id) && !race.removed.has(id)),
      networksRemoved: lost(this.inventory.networks(this.engineId), networks),
      containers: fresh.map((each) => this.keepDetail(each)),
      containersRemoved,
    });
    for (const id of containersRemoved) this.forget(id);
    return changed;
  }

  /** With what the list said of each, where it was the list that asked. */
  private async inspect(containers: ReadonlyMap<string, string | null>): Promise<void> {
    const { attempt } = this;
    const one = async ([id, listed]: [string, string | null]) => {
      if (attempt.over) return;
      await attempt.reads.run(`container ${id}`, () =>
        this.read(attempt, id, {
          ask: () => this.client.container(id),
          take: (container) => {
            if (listed !== null && !this.marked.has(id)) this.listed.set(id, listed);
            return { containers: [container] };
          },
          gone: () => this.containerGone(id),
        }),
      );
    };
    await this.telling(() => eachAtMost(inspectWidth, [...containers], one));
  }

  /** However a reading ends, what in it could not be read is told then, at once for all. */
  private async telling(work: () => Promise<void>): Promise<void> {
    this.readings += 1;
    try {
      await work();
    } finally {
      this.readings -= 1;
      this.tellOddities();
    }
  }

  private async read<T extends { id: string }>(
    attempt: Attempt,
    id: string,
    { ask, take, gone }: { ask(): Promise<T>; take(answer: T): InventoryUpdate; gone(): void },
  ): Promise<void> {
    try {
      await attempt.races.run(ask, (answer, race) => {
        if (attempt.over || race.removed.has(id)) return;
        // Taken as it is, it would stand for something that does not exist, or cover something that does.
        if (answer.id !== id) throw new Error(`Asked for ${id}, the engine tells of ${answer.id}`);
        this.inventory.update(this.engineId, take(answer));
        attempt.races.touch(id);
        this.oddities.mended(id);
      });
    } catch (error) {
      // Not read: the next audit asks again.
      this.listed.delete(id);
      if (attempt.over) throw error;
      if (isGone(error)) return gone();
      if (mayMeanLost(error) && !(await this.answers(attempt))) throw error;
      // One odd container must not take the engine off line; what was listed of it stays.
      if (!attempt.over) this.oddities.found(id, error);
    }
  }

  /** Whether the engine itself is within reach, asked once for all that want to know. */
  private answers(attempt: Attempt): Promise<boolean> {
    return attempt.reads
      .run('ping', () => this.client.ping(pingTimeout))
      .then(
        () => true,
        () => false,
      );
  }

  private gone(id: string, update: InventoryUpdate): void {
    this.attempt.races.touch(id);
    this.attempt.races.remove(id);
    this.forget(id);
    this.inventory.update(this.engineId, update);
    this.tellOddities();
  }

  private tellOddities(): void {
    if (this.readings === 0) this.oddities.tell();
  }

  private forget(id: string): void {
    this.listed.delete(id);
    this.marked.delete(id);
    this.oddities.mended(id);
  }

  /** A listed container knows no details; what an earlier inspect said stays until the next one. */
  private keepDetail(listed: Container): Container {
    const known = this.inventory.container(this.engineId, listed.id);
    return known ? { ...listed, detail: known.detail } : listed;
  }
}
