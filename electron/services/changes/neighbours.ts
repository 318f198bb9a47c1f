import {
  ProblemError,
  type ChangePreview,
  type EngineRequest,
  type Network,
  type ProbeFrom,
  type ProbeResult,
} from '../../../shared/model';
import {
  contains,
  formatIp,
  lanOf,
  onLan,
  parseIp,
  strangersAt,
  subnetsOf,
  withNetwork,
  type Answering,
  type Inventory,
} from '../../../shared/rules';
import type { HeldBy } from '../../toolbox';
import type { KnownAnswers } from './known-answers';

/** With so many answers on one interface, no further suggestion is asked for. */
const manyAnswers = 16;

export interface NeighboursContext {
  /** What was answered before, and is from now on. */
  answers: KnownAnswers;
  inventory(): Inventory;
  /** Whether the admin lets helpers run on this host. */
  allowed(engineId: string): boolean;
  probe(engineId: string, from: ProbeFrom, addresses: readonly string[]): Promise<ProbeResult>;
  /** The same for addresses that are about to be given out: quicker. */
  holders(engineId: string, nic: string, addresses: readonly string[], held?: HeldBy): Promise<ProbeResult>;
  now(): number;
  /** Somebody answers of whom was not known, or no longer does: what was planned on the LAN is worth a new look. */
  onAnswers(engineId: string): void;
  report(error: unknown): void;
}

type Asked = Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;

/** Who answers for an address. */
export type Answered = Pick<Answering, 'address' | 'macs'>;

/** What a change gives addresses on. */
const targetOf = (request: EngineRequest): { networkId: string; pins: (string | undefined)[] } | null => {
  if (request.kind === 'attach' || request.kind === 'readdress')
    return { networkId: request.networkId, pins: [request.ipv4, request.ipv6] };
  return request.kind === 'move'
    ? { networkId: request.toNetworkId, pins: [request.ipv4, request.ipv6] }
    : null;
};

/**
 * Whether anybody on a LAN answers for an address that is about to be given away. Asks in the background, on hosts where
 * the admin allows it.
 */
export class Neighbours {
  constructor(private readonly context: NeighboursContext) {}

  /** Asks for what a change would fix and for what was suggested for it, as far as that is not known; returns at once. */
  ask(request: EngineRequest, suggested: Asked): void {
    const target = targetOf(request);
    const { engineId } = request;
    if (!target || !this.context.allowed(engineId)) return;
    const { networks } = this.context.inventory();
    const network = networks.find((one) => one.engineId === engineId && one.id === target.networkId);
    if (network) this.askOn(network, target.pins, suggested);
  }

  /** The same for addresses on a network that is there, or is to be made on an interface that is there. */
  askOn(network: Network, pins: readonly (string | undefined)[], suggested: Asked): void {
    const world = this.context.inventory();
    const nic = this.nicOf(network);
    if (nic === null) return;
    const { answers } = this.context;
    const answered = answers.answeredOn(network.engineId, nic);
    // What was answered before is not offered, and would never be asked for again. But one that answers for everything
    // (a router with proxy ARP) is not asked for each address of the subnet in turn.
    const offered = answered.length < manyAnswers ? [suggested.suggestedIpv4, suggested.suggestedIpv6] : [];
    const wanted = new Set([...addressesIn(network, [...pins, ...offered]), ...answered]);
    const stale = [...wanted].filter((address) => !answers.isFresh(network.engineId, nic, address));
    const ask = () => this.context.probe(network.engineId, { kind: 'host', nic }, stale);
    if (stale.length > 0) void this.listen(network, nic, stale, world, ask);
  }

  /**
   * Asks right now for addresses that are about to be given out on a network. Gives those for which somebody answers of
   * whom nothing is known here; none where the LAN may not be asked, or could not be: then nobody has looked.
   */
  async strangers(network: Network, pins: readonly string[]): Promise<Answered[]> {
    const nic = this.nicOf(network);
    const addresses = addressesIn(network, pins);
    if (nic === null || addresses.length === 0) return [];
    const ask = () => this.context.holders(network.engineId, nic, addresses);
    const heard = await this.listen(network, nic, addresses, this.context.inventory(), ask);
    return heard.filter(({ macs }) => macs.length > 0);
  }

  /**
   * Asks right now who else has addresses that a container of the network was given a moment ago, and waits a while for
   * whoever has to give way. Gives those who don't; none where the LAN may not be asked, null where it could not be.
   *
   * @param mac the container's
   */
  async rivals(network: Network, mac: string, pins: readonly string[]): Promise<Answered[] | null> {
    const nic = this.nicOf(network);
    const addresses = addressesIn(network, pins);
    if (nic === null || addresses.length === 0) return [];
    const { kind, engineId } = network;
    const held = { mac: kind === 'ipvlan' ? '' : mac.toLowerCase(), apart: hearsOthersOnly(network) };
    try {
      const { targets } = await this.context.holders(engineId, nic, addresses, held);
      return targets.flatMap(({ address, via, macs }) =>
        via !== 'own' && macs && macs.length > 0 ? [{ address, macs }] : [],
      );
    } catch (error) {
      if (!(error instanceof ProblemError)) this.context.report(error);
      return null;
    }
  }

  /**
   * Asks right now who else has addresses that containers of the network have, and keeps the answers. Gives those that were
   * asked for, with the MACs of whom nothing is known here; null where the LAN may not be asked, or could not be.
   */
  async intruders(network: Network, held: readonly { address: string; mac: string }[]) {
    const nic = this.nicOf(network);
    if (nic === null) return null;
    const { inventory, holders, report } = this.context;
    try {
      const { targets } = await holders(
        network.engineId,
        nic,
        held.map(({ address }) => address),
      );
      const lan = lanOf(network, withNetwork(inventory(), network));
      const answered = targets.flatMap(({ address, via, macs }): Answered[] => {
        // It could not be asked for.
        if (!macs) return [];
        const own = held.find((each) => each.address === address)?.mac;
        const ip = parseIp(address);
        const holders = ip ? lan.at(ip, address).filter(({ use }) => use.to === undefined) : [];
        // A router, a host, a lease or an ipvlan container is known by its address alone: nobody can say that it is not the one.
        if (holders.some(({ use }) => !use.container?.mac)) return [{ address, macs: [] }];
        const others = holders.flatMap(({ use }) => use.container ?? []);
        const known = others.map(({ mac }) => mac.toLowerCase()).filter((mac) => mac !== own);
        // Of others that engines tell of with the very same MAC, the inventory tells itself.
        const isOwns = !hearsOthersOnly(network) || others.length > 1;
        const heard = via === 'own' ? [] : macs.map((mac) => mac.toLowerCase());
        return [{ address, macs: heard.filter((mac) => !known.includes(mac) && !(isOwns && mac === own)) }];
      });
      this.keep(network.engineId, nic, answered);
      return answered;
    } catch (error) {
      if (!(error instanceof ProblemError)) report(error);
      return null;
    }
  }

  /** The interface of its host on which a network's LAN can be asked now; null where it may not, or can't be. */
  private nicOf(network: Network): string | null {
    const { engineId, parent } = network;
    const { engines } = this.context.inventory();
    const online = engines.some(({ id, state }) => id === engineId && state === 'online');
    return parent && online && onLan(network) && this.context.allowed(engineId) ? parent : null;
  }

  /** Addresses for which nobody answers, now or before, are not worth the place. */
  private keep(engineId: string, nic: string, answered: readonly Answered[]): void {
    const { answers } = this.context;
    const at = this.context.now();
    let changed = false;
    for (const { address, macs } of answered) {
      const before = answers.macs(engineId, nic, address);
      if (macs.length === 0 && before.length === 0) continue;
      answers.put({ engineId, nic, address, macs, at });
      changed ||= macs.join() !== before.join();
    }
    if (changed) this.context.onAnswers(engineId);
  }

  /** Keeps what is answered, and gives it. */
  private async listen(
    network: Network,
    nic: string,
    addresses: readonly string[],
    before: Inventory,
    ask: () => Promise<ProbeResult>,
  ): Promise<Answering[]> {
    const { engineId } = network;
    const { answers } = this.context;
    const old = new Map(addresses.map((address) => [address, answers.macs(engineId, nic, address)]));
    for (const [address, macs] of old) answers.put({ engineId, nic, address, macs, at: null });
    let found: ProbeResult['targets'];
    try {
      found = (await ask()).targets;
    } catch (error) {
      // Nobody could ask: what was answered before still counts, and the next preview after a while tries again.
      if (!(error instanceof ProblemError)) this.context.report(error);
      for (const [address, macs] of old)
        answers.put({ engineId, nic, address, macs, at: this.context.now() });
      return [];
    }
    const at = this.context.now();
    const worlds = [before, this.context.inventory()];
    const kept = addresses.map((address) => {
      const target = found.find((each) => each.address === address && each.via !== 'own');
      const heard = { engineId, nic, address, macs: (target?.macs ?? []).map((mac) => mac.toLowerCase()) };
      // A container that came or went meanwhile is no stranger.
      const strange = worlds.map((world) =>
        strangersAt(address, network, { ...withNetwork(world, network), answering: [heard] }),
      );
      const macs = heard.macs.filter((mac) => strange.every((each) => each.includes(mac)));
      answers.put({ ...heard, macs, at });
      return { ...heard, macs };
    });
    const isNew = ({ address, macs }: Answering) => macs.join() !== old.get(address)?.join();
    if (kept.some(isNew)) this.context.onAnswers(engineId);
    return kept;
  }
}

/** A NIC hears the macvlan links on it only by way of a switch that sends back what it gets, as `vepa` wants of it. */
const hearsOthersOnly = ({ kind, mode = 'bridge' }: Network): boolean =>
  kind === 'macvlan' && (mode === 'bridge' || mode === 'private');

/** In their one spelling, those that can be asked for on the network's LAN. */
const addressesIn = (network: Network, texts: readonly (string | undefined)[]): string[] =>
  texts.flatMap((text) => {
    const ip = parseIp(text?.trim() ?? '');
    return ip && subnetsOf(network).some((subnet) => contains(subnet, ip)) ? [formatIp(ip)] : [];
  });
