import type { Guard, HostFacts, Network, Segment, ShimPolicy } from '../../model';

/** Of which container on which network. */
export interface OnAttachment {
  engineId: string;
  containerId: string;
  networkName: string;
}

/** A MAC that was fixed for an attachment by a change of this console's: some engines tell it nowhere. */
export interface GivenMac extends OnAttachment {
  mac: string;
}

/** Addresses that were fixed for an attachment by a change of this console's: Podman tells of none. */
export interface GivenAddress extends OnAttachment {
  ipv4?: string;
  ipv6?: string;
}

/** An address that the LAN's own DHCP server has given to a container: its engine tells another one. */
export interface LeasedAddress extends OnAttachment {
  containerName: string;
  networkId: string;
  address: string;
}

/** An address that a change of this console gave on a host that can't be asked now whether it is still so. */
export interface LoggedAddress extends OnAttachment {
  containerName: string;
  networkId: string;
  address: string;
  /** The change did not come to its end: nobody knows whether it gave the address, or took it away. */
  doubtful: boolean;
}

/** What the change log and the plan tell of hosts that can't be asked now. */
export interface LastTold {
  /** On hosts that were not read since the start. */
  networks: readonly Network[];
  addresses: readonly LoggedAddress[];
}

/** Who answered for an address when a host was let ask on one of its interfaces. */
export interface Answering {
  engineId: string;
  /** The interface that was asked on. */
  nic: string;
  address: string;
  /** Of everybody who answered, lower case. */
  macs: readonly string[];
}

/** What no engine tells. Where a part is left out, the rules judge without it. */
export interface Beside {
  /** `plan.yaml`: its reserved ranges hold addresses. */
  segments?: readonly Segment[];
  /** `plan.yaml`: each shim holds an address. */
  shims?: readonly ShimPolicy[];
  /** `plan.yaml`: each guard keeps addresses for its container, also while that is away. */
  guards?: readonly Guard[];
  /** What containers lease, or leased last. */
  leases?: readonly LeasedAddress[];
  /** MACs that changes of this console fixed. */
  macs?: readonly GivenMac[];
  /** Addresses that changes of this console fixed. */
  addresses?: readonly GivenAddress[];
  /** Absent while every engine is in step. */
  lastTold?: LastTold;
  /** Engines that are online and did not answer in time when they were read last. */
  late?: readonly string[];
  /** What hosts really have, of those on which the admin allows a look. */
  facts?: readonly HostFacts[];
  /** Engines whose facts were read for this very plan; those of others may be old. */
  looked?: readonly string[];
  /** What was answered when hosts were let ask on the LAN lately. */
  answering?: readonly Answering[];
}
