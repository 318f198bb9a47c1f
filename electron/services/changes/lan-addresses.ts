import { setTimeout as pause } from 'node:timers/promises';
import type { Container, EndpointRequest, Network, Problem, Step } from '../../../shared/model';
import {
  atSite,
  containsCidr,
  hostName,
  heldBefore,
  heldTwice,
  isLive,
  lanEngines,
  lanSpans,
  lastConnects,
  newPins,
  plainAddress,
  problem,
  recordedEndpoint,
  takenProblem,
  withNetwork,
  type Cidr,
  type HeldTwice,
  type Inventory,
  type LanJob,
} from '../../../shared/rules';
import { eachAtMost, type EngineClient } from '../../docker';
import { hadBefore, type HadBefore } from './had-before';
import { byNames } from './last-names';
import { readMs, type LateHosts } from './late-hosts';
import type { Locks, Need } from './locks';
import { isLost } from './lost';
import type { Answered, Neighbours } from './neighbours';

/** Milliseconds. How long the one that may keep an address waits for another console to give way, and how often it looks. */
const givesWayMs = 20_000;
const lookMs = 250;
/** Helpers that ask a LAN at a time for one change. */
const rivalsWidth = 8;

export interface LanAddressesContext {
  locks: Locks;
  /** What addresses are checked against, as it is known now. */
  inventory(): Inventory;
  /** Reads an engine's lists again: no event tells of what was attached to a stopped container. */
  refresh(engineId: string): Promise<void>;
  /** Asks a LAN who answers for addresses right now: see `Neighbours.strangers`. */
  strangers?: Neighbours['strangers'];
  /** Asks it once more who else has what was given a moment ago: see `Neighbours.rivals`. */
  rivals?: Neighbours['rivals'];
  /** How long a host that is being connected to is waited for, milliseconds. */
  connectMs?: number;
  /** See {@link givesWayMs}. */
  patienceMs?: number;
  /** Is told which hosts could not be read in time, and which were. */
  late?: LateHosts;
  /** See `readMs` of {@link LateHosts}. */
  readMs?: number;
}

type ConnectStep = Extract<Step, { op: 'connect' }>;

const covers = (needs: readonly Need[], spans: readonly Cidr[]): boolean =>
  spans.every((span) => needs.some((need) => typeof need !== 'string' && containsCidr(need, span)));

/** What {@link LanAddresses.clash} compares with. */
interface Before {
  /** What was known before the steps. */
  since: Inventory;
  had: HadBefore;
  onUnasked: OnUnasked;
}

/** Is told which address of a step nobody could ask the LAN for. */
export type OnUnasked = (step: ConnectStep, address: string) => void;

const hasPin = ({ ipv4, ipv6 }: EndpointRequest): boolean => Boolean(ipv4 ?? ipv6);

/** Whether both of the two that have an address had it before. */
const sharedBefore = (
  { id, engineId }: Container,
  network: Network,
  { address, other }: HeldTwice,
  had: HadBefore,
): boolean =>
  had({ engineId, containerId: id, networkName: network.name }, address) &&
  had(
    {
      engineId: other.container.engineId,
      containerId: other.container.id,
      networkName: other.network.name,
    },
    address,
  );

/** Sees to it that no address is handed out twice on a LAN, by this console or by it and others. */
export class LanAddresses {
  constructor(private readonly context: LanAddressesContext) {}

  /** What is known now. */
  known(): Inventory {
    return this.context.inventory();
  }

  /**
   * Does work that hands out addresses while no other does so on the same LANs, with a fresh reading of all of
   * their hosts.
   *
   * @param keys what it needs for itself besides, its engines first of all
   * @param jobs asked again once it is its turn
   */
  async inTurn<T>(
    keys: readonly string[],
    jobs: () => readonly LanJob[],
    work: () => Promise<T>,
  ): Promise<T> {
    const { locks, inventory } = this.context;
    for (;;) {
      const needs: Need[] = [...keys, ...lanSpans(jobs(), inventory())];
      const ended = await locks.runAll(needs, async () => {
        await this.met(() => lanEngines(jobs(), inventory()));
        await this.read(lanEngines(jobs(), inventory()));
        // A network that was made anew meanwhile may have other addresses than those that were waited for.
        return covers(needs, lanSpans(jobs(), inventory())) ? { value: await work() } : null;
      });
      if (ended) return ended.value;
    }
  }

  /**
   * Whether somebody else has an address that these steps have just given a container: two consoles, or a console and a
   * script, can do so at one moment. Each looks after it has done its own, so at least one of them sees it. Both may:
   * then the container with the higher id gives way at once, and the other one waits for that, for a while. Gives why
   * the steps have to be taken back, or null.
   *
   * @param since what the steps were checked against, or older: who had the address by then will not give way
   * @param had what was had before the change that the steps do or take back: two that had one address both have it as
   *   they had it, and neither has to give way
   */
  async clash(
    client: EngineClient,
    steps: readonly Step[],
    since: Inventory,
    had: HadBefore = hadBefore(),
    onUnasked: OnUnasked = () => undefined,
  ): Promise<Problem | null> {
    const before = { since, had, onUnasked };
    const last = lastConnects(steps);
    const end = performance.now() + (this.context.patienceMs ?? givesWayMs);
    // Read once for all of them, and once more for those that wait.
    for (let waiting = last; waiting.length > 0;) {
      await this.read(lanEngines([{ engineId: client.engineId, steps: waiting }], this.context.inventory()));
      const still: ConnectStep[] = [];
      for (const step of waiting) {
        const found = await this.clashOf(client, step, before);
        if (!found) continue;
        if (!found.mayKeep || performance.now() >= end) return found.problem;
        still.push(step);
      }
      waiting = still;
      if (waiting.length > 0) await pause(lookMs);
    }
    return this.anyRival(client, last, before);
  }

  /**
   * Why addresses that these steps give back can't be given any more: somebody else of the LAN has come to have them. Null
   * when they are free, or were shared already.
   *
   * @param since what was known before the change that is being taken back
   */
  async takenSince(client: EngineClient, back: readonly Step[], since: Inventory): Promise<Problem | null> {
    if (!back.some((step) => step.op === 'connect' && hasPin(step.endpoint))) return null;
    const job: LanJob = { engineId: client.engineId, steps: back };
    await this.read(lanEngines([job], this.context.inventory()));
    return takenProblem([job], this.context.inventory(), since);
  }

  /**
   * Why addresses that these steps are about to give to containers can't be given: the LAN is asked, and somebody answers of
   * whom no engine here tells, such as another console's shim. Null also where it may not be asked: then nobody has looked.
   */
  async answered(jobs: readonly LanJob[]): Promise<Problem | null> {
    const known = this.context.inventory();
    const asked = newPins(jobs, known).map(async ({ network, addresses }) => {
      const [found] = (await this.context.strangers?.(network, addresses)) ?? [];
      return found ? this.answeredBy(found, network) : null;
    });
    return (await Promise.all(asked)).find((one) => one !== null) ?? null;
  }

  private answeredBy({ address, macs }: Answered, { engineId }: Network): Problem {
    const host = hostName(engineId, this.context.inventory().engines);
    const params = { context: 'lan', address, mac: macs.join(', '), host } as const;
    return problem('address_in_use_elsewhere', params, { engineId });
  }

  /** At one time: each takes seconds, and the LANs are locked until all have been asked for. */
  private async anyRival(
    client: EngineClient,
    steps: readonly ConnectStep[],
    before: Before,
  ): Promise<Problem | null> {
    const found: (Problem | null)[] = [];
    const failures: unknown[] = [];
    await eachAtMost(rivalsWidth, [...steps.entries()], async ([index, step]) => {
      try {
        found[index] = await this.rivalOf(client, step, before);
      } catch (error) {
        failures.push(error);
      }
    });
    // By index, and so with holes where asking failed.
    const rival = found.find((one) => one) ?? null;
    if (!rival && failures.length > 0) throw failures[0];
    return rival;
  }

  /**
   * The same for addresses that a console may have given away whose hosts are not known here: the LAN was asked before
   * the steps, and is once more now that the container answers there.
   */
  private async rivalOf(
    client: EngineClient,
    step: ConnectStep,
    { since, had, onUnasked }: Before,
  ): Promise<Problem | null> {
    const { rivals } = this.context;
    if (!rivals || !hasPin(step.endpoint)) return null;
    const { engineId } = client;
    const network = await this.networkOf(client, step.networkId);
    if (!network) return null;
    const [fresh] = newPins([{ engineId, steps: [step] }], withNetwork(since, network));
    if (!fresh) return null;
    const container = { ...(await client.container(step.containerId).catch(byNames(step))), engineId };
    const endpoint = recordedEndpoint(container, network);
    // Only who runs is on the LAN.
    if (!endpoint || !isLive(container)) return null;
    // Those who are known to have had it, too, answer as well.
    const shared = this.twice(container, network).filter((one) => sharedBefore(container, network, one, had));
    const asked = fresh.addresses.filter(
      (text) => !shared.some(({ address }) => address === plainAddress(text)),
    );
    const answered = asked.length > 0 ? await rivals(network, endpoint.mac, asked) : [];
    if (!answered) asked.forEach((address) => onUnasked(step, address));
    const [found] = answered ?? [];
    return found ? this.answeredBy(found, network) : null;
  }

  /** By what was just read; `mayKeep`: the other one has to give way. */
  private async clashOf(
    client: EngineClient,
    step: ConnectStep,
    { since, had }: Before,
  ): Promise<{ problem: Problem; mayKeep: boolean } | null> {
    const { engineId } = client;
    const network = await this.networkOf(client, step.networkId);
    if (!network) return null;
    const read = await client.container(step.containerId).catch(byNames(step));
    const container = { ...read, engineId };
    const first = this.twice(container, network).find((one) => !sharedBefore(container, network, one, had));
    if (!first) return null;
    const mayKeep = container.id < first.other.container.id && !heldBefore(since, first.other);
    return { problem: this.told(first, container, step), mayKeep };
  }

  private twice(container: Container, network: Network): HeldTwice[] {
    return heldTwice(container, network, withNetwork(this.context.inventory(), network));
  }

  /** The inventory learns of a network that was just made by its event, which may be still on its way. */
  private async networkOf(client: EngineClient, id: string): Promise<Network | null> {
    const { networks } = this.context.inventory();
    const known = networks.find((one) => one.engineId === client.engineId && one.id === id);
    if (known) return known;
    try {
      const network: Network = { ...(await client.network(id)), engineId: client.engineId };
      return atSite(
        network,
        this.context.inventory().engines.find((one) => one.id === client.engineId),
      );
    } catch (error) {
      if (isLost(error)) throw error;
      return null;
    }
  }

  private told({ address, pinned, other }: HeldTwice, { engineId }: Container, step: ConnectStep): Problem {
    const host = hostName(other.use.engineId, this.context.inventory().engines);
    const params = { address, container: other.container.name, host, network: other.network.name };
    const place = { engineId };
    if (other.use.engineId === engineId)
      return problem('address_in_use', { ...params, context: 'at_once' }, place);
    // Podman does not tell which addresses are fixed.
    const chosen = [step.endpoint.ipv4, step.endpoint.ipv6].some(
      (one) => one && plainAddress(one) === address,
    );
    const context = pinned || chosen ? ('at_once' as const) : ('automatic' as const);
    return problem('address_in_use_elsewhere', { ...params, context }, place);
  }

  /** Waits for hosts that are being reached for the first time, as all are when the console starts. */
  private async met(engineIds: () => readonly string[]): Promise<void> {
    const end = performance.now() + (this.context.connectMs ?? readMs);
    const waits = () => {
      const asked = engineIds();
      return this.context
        .inventory()
        .engines.some(({ id, state }) => state === 'connecting' && asked.includes(id));
    };
    while (waits() && performance.now() < end) await pause(lookMs);
  }

  /** Of those that are within reach. One that does not answer in time counts as it was known, which the next plan says. */
  private async read(engineIds: readonly string[]): Promise<void> {
    const online = new Set(
      this.context
        .inventory()
        .engines.filter(({ state }) => state === 'online')
        .map(({ id }) => id),
    );
    const end = new AbortController();
    const { late, readMs: limit = readMs } = this.context;
    const over = pause(limit, undefined, { signal: end.signal }).catch(() => undefined);
    const waiting = new Set(engineIds.filter((id) => online.has(id)));
    const reads = [...waiting].map(async (id) => {
      try {
        await this.context.refresh(id);
        // One that comes when nobody waits any more is late, and will be again as long as the host is slow.
        if (end.signal.aborted) return;
        waiting.delete(id);
        late?.answered(id);
      } catch {
        // It stays among those that were not read.
      }
    });
    await Promise.race([Promise.all(reads), over]);
    end.abort();
    for (const id of waiting) late?.late(id);
  }
}
