import type {
  ChangeRecord,
  EngineRequest,
  Guard,
  HostFacts,
  Segment,
  ShimPolicy,
  Snapshot,
} from '../../../shared/model';
import type { Answering, Inventory, LastTold, LeasedAddress } from '../../../shared/rules';
import { givenAddresses } from './given-addresses';
import { lastTold } from './last-told';
import { LateHosts } from './late-hosts';

/** How long a preview waits for a look at a host, milliseconds; the look itself goes on, for the next one. */
const patience = 5_000;

export interface PlanningSources {
  snapshot(): Snapshot;
  segments(): readonly Segment[];
  shims(): readonly ShimPolicy[];
  guards(): readonly Guard[];
  /** None unless given. */
  leases?(): readonly LeasedAddress[];
  /** What the last looks at hosts found, where they are still allowed. */
  lastFacts(): readonly HostFacts[];
  /** What was heard on LANs lately. */
  answering(): readonly Answering[];
  /** The change log, newest first. */
  records(): readonly ChangeRecord[];
  /** Looks at a host, anew if `refresh` is set. Rejects where the admin allows none, or none is possible now. */
  facts(engineId: string, refresh?: boolean): Promise<HostFacts>;
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

/** What changes are planned on: the engines' inventory, and what no engine tells. */
export class PlanningInventory {
  /** Told by whoever reads the hosts of a LAN. */
  readonly late = new LateHosts();
  private told: { on: readonly (readonly unknown[])[]; value: LastTold | undefined } | undefined;

  constructor(
    private readonly sources: PlanningSources,
    private readonly waitMs = patience,
  ) {}

  /** As far as it is known now, without asking anybody. */
  now(): Inventory {
    const { snapshot, segments, shims, guards, leases, lastFacts, answering, records } = this.sources;
    const known = snapshot();
    // Every delta comes by here, and only Podman leaves untold what is fixed: elsewhere the log is not read through.
    const asks = known.engines.some(({ product }) => product === 'podman');
    const addresses = asks ? givenAddresses(records()) : [];
    const told = this.lastTold(known);
    const beside = {
      segments: segments(),
      shims: shims(),
      guards: guards(),
      leases: leases?.() ?? [],
      facts: lastFacts(),
      answering: answering(),
      addresses,
      late: this.late.list(known.engines),
    };
    return { ...known, ...beside, ...(told && { lastTold: told }) };
  }

  /** Read anew from the log only when that, the plan or which engines are away has changed. */
  private lastTold(known: Snapshot): LastTold | undefined {
    const away = known.engines.some(({ state }) => state !== 'online');
    if (!away) return undefined;
    const [segments, records] = [this.sources.segments(), this.sources.records()];
    const on = [known.engines, known.networks, segments, records] as const;
    if (!this.told || !on.every((list, index) => sameItems(list, this.told?.on[index] ?? [])))
      this.told = { on, value: lastTold(known, segments, records) };
    return this.told.value;
  }

  /** For one change: where it stands on an interface of the host, with a fresh look at that, if one can be had. */
  async for(request: EngineRequest): Promise<Inventory> {
    if (request.kind === 'detach' || request.kind === 'remove-network') return this.now();
    // It has little time, between the making of a container and its start. Before it is applied interfaces are looked at.
    if (request.kind === 'restore' || request.kind === 'restore-several') return this.now();
    const known = await this.looked([request.engineId], false);
    if (request.kind !== 'create-network') return known;
    // An old look must not refuse what has been mended since; without a fresh one nobody has looked.
    return { ...known, facts: known.facts?.filter(({ engineId }) => known.looked?.includes(engineId)) ?? [] };
  }

  /**
   * What is known now, with looks at hosts, where they can be had in time.
   *
   * @param refresh anew: what is sent next relies on it; else one of a moment ago will do
   */
  async looked(engineIds: readonly string[], refresh = true): Promise<Inventory> {
    const looks = await Promise.all(engineIds.map((engineId) => this.look(engineId, refresh)));
    const facts = looks.filter((one) => one !== null);
    const looked = facts.map(({ engineId }) => engineId);
    const now = this.now();
    const others = now.facts?.filter(({ engineId }) => !looked.includes(engineId)) ?? [];
    return { ...now, facts: [...others, ...facts], looked };
  }

  /** A look at a host; null where none is allowed or possible, or it takes too long. */
  async look(engineId: string, refresh = false): Promise<HostFacts | null> {
    const engine = this.sources.snapshot().engines.find((each) => each.id === engineId);
    if (engine?.state !== 'online') return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.waitMs);
    });
    try {
      return await Promise.race([this.sources.facts(engineId, refresh), late]);
    } catch {
      // No consent, or no look possible: the preview says that nobody has looked.
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
