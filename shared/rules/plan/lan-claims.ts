import type { Container, Engine, Network, Problem, Step } from '../../model';
import type { Holder } from '../addresses/holders';
import { lanOf } from '../addresses/lan-read';
import { silentOnLan } from '../addresses/last-told';
import { subnetsOf } from '../addresses/suggest';
import { holderProblem, worst } from '../addresses/check';
import { formatIp, parseIp, plainAddress, type Cidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { networkOfForm } from '../networks/network-form';
import { onLan, sharedSubnetNetworks } from '../lans/lan';
import { makesNetwork } from './making-steps';
import { supersedes } from '../membership/identity';
import { recordedEndpoint } from '../membership/on-network';
import { plannedNetwork } from '../networks/planned-network';
import { atSite } from '../lans/site';

/** Steps on one engine. */
export interface LanJob {
  engineId: string;
  steps: readonly Step[];
}

/** Where the engines are not told, their networks to come are at no site. */
type World = Pick<Inventory, 'networks'> & Partial<Pick<Inventory, 'engines' | 'lastTold'>>;

type ConnectStep = Extract<Step, { op: 'connect' }>;

/** Whether engines beside its own have containers with addresses of this network. */
const spansHosts = (network: Network): boolean => onLan(network) || network.scope === 'swarm';

/** What steps make, at the site of their engine where that is known. */
export const madeBySteps = ({ engineId, steps }: LanJob, engines: readonly Engine[]): Network[] => {
  const engine = engines.find((one) => one.id === engineId);
  return steps.flatMap((step) => {
    if (step.op === 'restore-network') return [atSite(networkOfForm(step.form, engineId), engine)];
    return step.op === 'create-network' ? [plannedNetwork(step.spec, engineId, engines)] : [];
  });
};

/** For the steps of a job: what each is about, which {@link networkOfStep} says of one. */
function networksOfSteps(
  job: LanJob,
  { networks, engines = [] }: World,
): (step: Step) => Network | undefined {
  const byName = new Map(
    madeBySteps(job, engines)
      .map((one) => [one.name, one] as const)
      .reverse(),
  );
  const here = networks.filter((one) => one.engineId === job.engineId);
  return (step) => {
    if (!('networkName' in step)) return undefined;
    const planned = byName.get(step.networkName);
    if (makesNetwork(step)) return planned;
    const known =
      here.find((one) => one.id === step.networkId) ?? here.find((one) => one.name === step.networkName);
    return step.op === 'connect' ? (planned ?? known) : known;
  };
}

/** What a step is about: a network that these steps make, the one of its id, or else the one of its name. */
export const networkOfStep = (step: Step, job: LanJob, world: World): Network | undefined =>
  networksOfSteps(job, world)(step);

function lanNetworks(jobs: readonly LanJob[], world: World): Network[] {
  const found = jobs.flatMap((job) => job.steps.map(networksOfSteps(job, world)));
  return [...new Set(found)].filter((one) => one !== undefined).filter(spansHosts);
}

/**
 * The subnets of LANs in which these steps hand out or free addresses, or make or remove a network. Whatever their sites:
 * those may be said anew while one of two waits for the other.
 */
export function lanSpans(jobs: readonly LanJob[], world: World): Cidr[] {
  return lanNetworks(jobs, world).flatMap(subnetsOf);
}

/** Whether steps speak of a network that is not known, by its name either: it may have been made just now. */
const speaksOfUnknown = (job: LanJob, world: World): boolean => {
  const networkOf = networksOfSteps(job, world);
  return job.steps.some((step) => 'networkName' in step && !networkOf(step));
};

/** The engines that have networks of those LANs, or had by the last that was told of them. */
export function lanEngines(jobs: readonly LanJob[], world: World): string[] {
  const { networks, engines = [], lastTold } = world;
  const unknown = jobs.filter((job) => speaksOfUnknown(job, world)).map(({ engineId }) => engineId);
  const found = lanNetworks(jobs, world).flatMap((one) => {
    const { lastKnown, unread } = silentOnLan(one, { networks, engines, ...(lastTold && { lastTold }) });
    const shared = sharedSubnetNetworks(one, networks).map(({ engineId }) => engineId);
    return [...shared, ...[...lastKnown, ...unread].map(({ id }) => id)];
  });
  return [...new Set([...found, ...unknown])];
}

/** The addresses that a step gives to a container, or to the host itself. */
function addressesOf(step: Step): string[] {
  if (step.op === 'put-shim') return [step.shim.address];
  if (step.op !== 'connect') return [];
  return [step.endpoint.ipv4, step.endpoint.ipv6].flatMap((text) => (text ? [text] : []));
}

/** Whether a holder is whom the step is about. */
const isOf = (
  step: Step,
  engineId: string,
  { use, container, network, reserved, logged }: Holder,
): boolean => {
  if (step.op === 'put-shim')
    // A segment's networks have one name on all of its hosts.
    return reserved?.context === 'shim' && use.engineId === engineId && network.name === step.networkName;
  return 'containerId' in step && (container?.id ?? logged?.containerId) === step.containerId;
};

/** Whom these steps take off which network before, and the networks that they remove: their addresses are free then. */
function freedBy(jobs: readonly LanJob[]): (holder: Holder) => boolean {
  const freed = new Set(
    jobs.flatMap(({ engineId, steps }) =>
      steps.flatMap((step) => {
        if (step.op === 'disconnect') return [`${engineId} ${step.networkName} ${step.containerId}`];
        return step.op === 'remove-network' ? [`${engineId} ${step.networkName}`] : [];
      }),
    ),
  );
  return ({ network: { engineId, name }, container, logged }) => {
    const id = container?.id ?? logged?.containerId;
    return freed.has(id === undefined ? `${engineId} ${name}` : `${engineId} ${name} ${id}`);
  };
}

const isSame = (a: Holder, b: Holder): boolean =>
  a.use.engineId === b.use.engineId && a.use.address === b.use.address && a.container?.id === b.container?.id;

/** Whether an address of a LAN was had by the same one then. */
export const heldBefore = (then: Inventory, holder: Holder): boolean =>
  lanOf(holder.network, then).holders.some((one) => isSame(one, holder));

/**
 * Why addresses that these steps give back can't be given any more: somebody else of the LAN has them by now, on whatever
 * host. Null when they are free. Ranges that were reserved since do not count: the address was the container's before.
 *
 * @param since who had them by then does not count, either
 */
export function takenProblem(jobs: readonly LanJob[], known: Inventory, since?: Inventory): Problem | null {
  const inventory = {
    ...known,
    networks: [...known.networks, ...jobs.flatMap((job) => madeBySteps(job, known.engines))],
  };
  const isFreed = freedBy(jobs);
  for (const job of jobs) {
    const networkOf = networksOfSteps(job, known);
    for (const step of job.steps) {
      const addresses = addressesOf(step);
      const network = addresses.length > 0 ? networkOf(step) : undefined;
      if (!network || !spansHosts(network)) continue;
      for (const text of addresses) {
        const ip = parseIp(text);
        if (!ip) continue;
        const address = formatIp(ip);
        const before = (holder: Holder) =>
          since !== undefined &&
          lanOf(holder.network, since)
            .at(ip, address)
            .some((one) => isSame(one, holder));
        const stays = (holder: Holder) =>
          !isOf(step, job.engineId, holder) &&
          !isFreed(holder) &&
          !before(holder) &&
          (holder.reserved === undefined || holder.reserved.context !== undefined);
        const holder = worst(lanOf(network, inventory).at(ip, address).filter(stays), network.engineId);
        if (!holder) continue;
        const host = hostName(holder.use.engineId, inventory.engines);
        return holderProblem(holder, address, network, host, { engineId: network.engineId });
      }
    }
  }
  return null;
}

/** Whether a container has an address on a network already, or has it fixed there. */
function hasAlready(
  { containerId, networkName }: ConnectStep,
  address: string,
  job: LanJob,
  known: Inventory,
) {
  const container = known.containers.find((one) => one.engineId === job.engineId && one.id === containerId);
  const endpoint = container?.endpoints.find((one) => one.networkName === networkName);
  const { ipv4, ipv6, pinned4, pinned6 } = endpoint ?? {};
  return [ipv4, ipv6, pinned4, pinned6].some((one) => one && plainAddress(one) === plainAddress(address));
}

/** Addresses that steps fix for containers which do not have them yet, with the network of each. */
export function newPins(
  jobs: readonly LanJob[],
  known: Inventory,
): { network: Network; addresses: string[] }[] {
  const pins = new Map<Network, string[]>();
  for (const job of jobs) {
    const networkOf = networksOfSteps(job, known);
    for (const step of job.steps) {
      const network = step.op === 'connect' ? networkOf(step) : undefined;
      if (step.op !== 'connect' || !network) continue;
      const fresh = addressesOf(step).filter((address) => !hasAlready(step, address, job, known));
      if (fresh.length > 0) pins.set(network, [...(pins.get(network) ?? []), ...fresh]);
    }
  }
  return [...pins].map(([network, addresses]) => ({ network, addresses }));
}

/** The attachments that hold after these steps. */
export function lastConnects(steps: readonly Step[]): ConnectStep[] {
  const last = new Map<string, Step>();
  for (const step of steps)
    if (step.op === 'connect' || step.op === 'disconnect')
      last.set(`${step.containerId} ${step.networkName}`, step);
  return [...last.values()].filter((step) => step.op === 'connect');
}

/** An address that a container has, and another one of the LAN as well. */
export interface HeldTwice {
  address: string;
  /** It was fixed, and not the engine's choice. */
  pinned: boolean;
  other: Holder & { container: Container };
}

/**
 * The addresses that a container has on a network and that others of the LAN have, too, on any engine within reach. What is
 * known of an engine that does not answer is old.
 */
export function heldTwice(container: Container, network: Network, inventory: Inventory): HeldTwice[] {
  if (!spansHosts(network)) return [];
  const mine = recordedEndpoint(container, network);
  if (!mine) return [];
  const pins = network.scope === 'swarm' ? [] : [mine.pinned4, mine.pinned6];
  const plain = (texts: (string | undefined)[]) =>
    new Set(texts.flatMap((text) => (text ? [plainAddress(text)] : [])));
  const [fixed, all] = [plain(pins), plain([...pins, mine.ipv4, mine.ipv6])];
  const online = new Set(inventory.engines.filter((one) => one.state === 'online').map((one) => one.id));
  return lanOf(network, inventory).holders.flatMap((holder) => {
    const { use, container: other } = holder;
    if (!other || other.id === container.id || !online.has(other.engineId) || !all.has(use.address))
      return [];
    // The one that it takes the place of is about to go, with the address.
    if (supersedes(container, other)) return [];
    return [{ address: use.address, pinned: fixed.has(use.address), other: { ...holder, container: other } }];
  });
}
