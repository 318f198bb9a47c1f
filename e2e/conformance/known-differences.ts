import { run } from '../lab/run';
import { isPodman, type EngineGeneration } from './target';

/** A case of the suite that a target fails, and for good reason. */
export interface Difference {
  /** What the target does instead, or lacks. */
  why: string;
  /** How the case fails there: matches the failure's message or what was found. */
  instead: RegExp;
}

/** By the case's name. Every one of them runs, and has to fail as it says. */
export type Differences = Readonly<Record<string, Difference>>;

interface KernelDriver extends Difference {
  case: string;
  /** Made in a network namespace of its own; whether it works decides whether the difference is there. */
  trial: string;
}

/** Links that engines leave to the kernel, which need not know them. */
const kernelDrivers: readonly KernelDriver[] = [
  {
    case: 'makes a VLAN link',
    trial: 'ip link add d0 type veth peer name d1 && ip link add link d0 name d0.77 type vlan id 77',
    why: 'the kernel has no 802.1Q',
    instead: /failed to create \S+ vlan link: operation not supported/,
  },
  {
    case: 'makes a network without a parent internal, on a dummy link',
    trial: 'ip link add d0 type dummy',
    why: 'the kernel has no dummy links',
    instead: /operation not supported/,
  },
];

/** What engines can't do for want of a driver in the kernel that runs here. Root only. */
export async function kernelDifferences(): Promise<Differences> {
  const found: Record<string, Difference> = {};
  for (const { case: name, trial, why, instead } of kernelDrivers) {
    const works = await run(['unshare', '--net', 'sh', '-c', trial]).then(
      () => true,
      () => false,
    );
    if (!works) found[name] = { why, instead };
  }
  return found;
}

const ACCEPTED = /"refused":false/;
const UNREADABLE = /network inspection mismatch/;
const KEPT_MEMBERS = /has associated containers with it/;
const NO_NETWORK = /is not supported: invalid network mode/;

const takesAnyAddress: Difference = {
  why: 'it gives out the gateway’s address and the subnet’s first and last; it ignores auxiliary addresses',
  instead: ACCEPTED,
};

/** Podman 4.3, over its Docker-compatible API. */
const podmanDifferences: Differences = {
  'speaks the API versions that it names, and no others': {
    why: 'it answers whatever version it is asked for',
    instead: ACCEPTED,
  },
  'lists and inspects networks with the fields that are read': {
    why: 'it has no networks “host” and “none”; options and ranges are told by its own API only',
    instead: /ArrayContaining/,
  },
  'refuses an overlapping pool, and shares the subnet when there is an ip-range': {
    why: 'it takes a macvlan network whose subnet another has',
    instead: ACCEPTED,
  },
  'keeps the settings of a config-only network that is in use': {
    why: 'it ignores that a network is to be config-only, or made from one',
    instead: /driver needs at least one subnet specified/,
  },
  'makes a VLAN link': {
    why: 'it makes no links: the parent has to be there',
    instead: /parent interface \S+ does not exist/,
  },
  'makes a network without a parent internal, on a dummy link': {
    why: 'it makes no dummy link: an interface of the host becomes the parent, and the network is not internal',
    instead: /"Internal":false/,
  },
  'makes ipvlan networks, in the modes that there are': {
    why: 'it has no ipvlan',
    instead: /"code":"engine_unsupported"/,
  },
  'hands out the lowest free address of the ip-range, past what is reserved': {
    why: 'it leaves out the range’s first address, and ignores auxiliary addresses',
    instead: /\["10\.180\.0\.129","10\.180\.0\.130","10\.180\.0\.131"\]/,
  },
  'ignores a top-level IPAddress': {
    why: 'it takes that for the address that is wanted',
    instead: /"IPAddress":"10\.180\.0\.77"/,
  },
  'refuses the gateway and leaves a phantom that a stopped disconnect clears': takesAnyAddress,
  'refuses the network address and leaves a phantom that a stopped disconnect clears': takesAnyAddress,
  'refuses the broadcast address and leaves a phantom that a stopped disconnect clears': takesAnyAddress,
  'refuses an auxiliary address and leaves a phantom that a stopped disconnect clears': takesAnyAddress,
  'replaces a phantom by a good connect': takesAnyAddress,
  'is silent about failed connects and about connects to stopped containers': takesAnyAddress,
  'tells pause and unpause, and what a start that fails undoes': takesAnyAddress,
  'refuses an address in use and leaves a phantom that a stopped disconnect clears': {
    why: 'the phantom makes the container unreadable',
    instead: UNREADABLE,
  },
  'refuses an address outside the subnet; only 20.10 leaves a phantom of it': {
    why: 'it leaves one too, and that makes the container unreadable',
    instead: UNREADABLE,
  },
  'refuses pins on the default bridge and on networks without a subnet of their own': {
    why: 'a container that was made without a network gets none, nor can it leave “none”',
    instead: NO_NETWORK,
  },
  'refuses a config-only network': { why: 'it has none: it makes a usual network', instead: ACCEPTED },
  'lets a network go whose members are stopped, and they never start again': {
    why: 'it keeps a network that containers belong to, running or not',
    instead: KEPT_MEMBERS,
  },
  'clears the entry of a network that is gone': {
    why: 'no network goes while containers belong to it',
    instead: KEPT_MEMBERS,
  },
  'takes even a network that is not there into a stopped container, and lets go of it again': {
    why: 'it looks whether the network is there',
    instead: /unable to find network with name or ID nosuchnetwork/,
  },
  'shows host mode with an entry that has no address, and keeps it alone': {
    why: 'it shows host mode without any entry',
    instead: /expected undefined to match object/,
  },
  'connects nobody to the host network or to none': {
    why: 'it has no such networks, and says so',
    instead: /"code":"network_not_found"/,
  },
  'keeps none alone until it is disconnected; then a live connect works': {
    why: 'it shows none mode without any entry, and there is no way out of it',
    instead: /expected \[\] to deeply equal \[ 'none' \]/,
  },
  'shows a shared namespace without networks and without a sandbox': {
    why: 'it shows the sandbox of the namespace’s owner',
    instead: /"SandboxKey":"\/run\/netns\//,
  },
  'slips an entry into a stopped sharer, which then never starts again on 29': {
    why: 'it refuses to connect whoever has no namespace of its own',
    instead: NO_NETWORK,
  },
  'joins only containers that run': {
    why: 'it starts the owner of the namespace along with who joins it',
    instead: ACCEPTED,
  },
  'puts two networks on two interfaces, both shown by inspect of the networks': {
    why: 'a network shows stopped members too, without an address',
    instead: /"IPv4Address":"","IPv6Address":""/,
  },
  'tells start, stop, restart and removal in the engine’s order': {
    why: 'it has words of its own: init, cleanup, remove',
    instead: /"container cleanup"/,
  },
  'names network and container in connect and disconnect; the latter twice until v26': {
    why: 'it names the container only, and tells no removal of a network',
    instead: /^not seen within 3000 ms; .*"Action":"disconnect"/,
  },
  'keys counters by interface, one for each network': {
    why: 'it counts all interfaces together',
    instead: /\["network"\]/,
  },
  'has no networks in host and none mode': {
    why: 'it counts there too',
    instead: /not have property "networks"/,
  },
  'shows a sharer the counters of the namespace’s owner': {
    why: 'it counts all interfaces together',
    instead: /\["network"\]/,
  },
  'streams a frame a second, each with the time of the one before': {
    why: 'its first frame has a time before it, and the next come every five seconds',
    instead: /to be '0001-01-01T00:00:00Z'/,
  },
  'goes on with empty frames when the container stops, and ends when it goes': {
    why: 'it sends no more frames once the container has stopped',
    instead: /^not seen before the stream ended/,
  },
  'answers for a stopped container with a frame of no time': {
    why: 'it answers with nothing',
    instead: /expected '' to match object/,
  },
};

/** What Podman 4.3 does otherwise, and 5.8 does as Docker does it. */
const mendedBy5: readonly string[] = [
  'refuses an address outside the subnet; only 20.10 leaves a phantom of it',
  'puts two networks on two interfaces, both shown by inspect of the networks',
  'has no networks in host and none mode',
  'shows a sharer the counters of the namespace’s owner',
];

const leavesToDhcp: Difference = { why: 'it leaves the addresses to a DHCP server', instead: ACCEPTED };

/** Podman 5.8, over its Docker-compatible API: what it shares with 4.3, and what it does in a way of its own. */
const podman5Differences: Differences = {
  ...Object.fromEntries(Object.entries(podmanDifferences).filter(([name]) => !mendedBy5.includes(name))),
  'creates or refuses no address management as its version does': leavesToDhcp,
  'creates or refuses no address management and no IPv4 as its version does': leavesToDhcp,
  'keeps the settings of a config-only network that is in use': {
    why: 'it ignores that a network is to be config-only, or made from one, and makes it without addresses',
    instead: /"ConfigFrom":\{"Network":""\}/,
  },
  'makes ipvlan networks, in the modes that there are': {
    why: 'it has another name for the mode, and takes options that it does not know with a warning',
    instead: /"refused":false.*ipvlan_mode: zz\S* is not a recognized option/,
  },
  'refuses an address in use and leaves a phantom that a stopped disconnect clears': {
    why: 'it leaves none',
    instead: /expected undefined to match object/,
  },
  'shows host mode with an entry that has no address, and keeps it alone': {
    why: 'the entry has no id',
    instead: /expected '' to match/,
  },
  'keeps none alone until it is disconnected; then a live connect works': {
    why: 'there is no way out of it',
    instead: NO_NETWORK,
  },
  'keys counters by interface, one for each network': {
    why: 'it tells the container’s name without the slash before it',
    instead: /expected 'conf-\S+' to be '\/conf-/,
  },
  'answers for a stopped container with a frame of no time': {
    why: 'it answers “OK”, and says in it that the container is stopped',
    instead: /container is stopped/,
  },
};

/** What a real engine of that generation does otherwise on the kernel that runs here. Root only. */
export async function differencesOf(version: EngineGeneration): Promise<Differences> {
  if (!isPodman(version)) return kernelDifferences();
  return version === 'podman-4.3' ? podmanDifferences : podman5Differences;
}
