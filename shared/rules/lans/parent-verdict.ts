import type { Engine, HostFacts, Nic, Notice } from '../../model';
import { notice } from '../../texts/messages';
import { cloudOf } from './cloud';

export type ParentReason =
  | 'loopback'
  | 'not_ethernet'
  | 'bridge_port'
  | 'bond_port'
  | 'docker_link'
  | 'docker_bridge'
  | 'wireless'
  | 'down'
  | 'no_carrier'
  | 'veth'
  | 'dummy'
  | 'tunnel'
  | 'stacked'
  | 'cloud'
  | 'rootless'
  | 'desktop';

/** What to use instead, where that can be named. */
export interface WayOut {
  parent?: string;
  driver?: 'ipvlan';
  mode?: 'l2';
}

export interface ParentRemark {
  reason: ParentReason;
  /** The sentence, the way out included; translated as notices are, by `params.context`. */
  notice: Notice;
  use?: WayOut;
}

/** Whether an interface can be the parent of a macvlan or ipvlan network. */
export interface ParentVerdict {
  /** `refused`: it can't work; `warned`: it works, perhaps not as wanted. */
  state: 'ok' | 'warned' | 'refused';
  /** The worst first. */
  remarks: ParentRemark[];
}

/** Reasons that leave no hope: the kernel refuses, or nothing but Docker's own is behind. */
const refusing: ReadonlySet<ParentReason> = new Set([
  'loopback',
  'not_ethernet',
  'bridge_port',
  'bond_port',
  'docker_link',
]);

const remark = (reason: ParentReason, made: Notice, use?: WayOut): ParentRemark => ({
  reason,
  notice: made,
  ...(use && { use }),
});

/** What it is a port of. A port of any kind has its receive handler taken: the kernel says EBUSY. */
function portRemarks(nic: Nic): ParentRemark[] {
  if (!nic.master) return [];
  const params = { parent: nic.name, master: nic.master };
  const use = { parent: nic.master };
  return nic.masterKind === 'bridge'
    ? [remark('bridge_port', notice('parent_unfit', { ...params, context: 'bridge_port' }), use)]
    : [remark('bond_port', notice('parent_unfit', { ...params, context: 'bond_port' }), use)];
}

function kindRemarks(nic: Nic): ParentRemark[] {
  const parent = nic.name;
  const plain = (context: 'veth' | 'dummy' | 'tunnel') => [
    remark(context, notice('parent_unfit', { parent, context })),
  ];
  switch (nic.kind) {
    case 'wireless':
      return [
        remark('wireless', notice('parent_unfit', { parent, context: 'wireless' }), {
          driver: 'ipvlan',
          mode: 'l2',
        }),
      ];
    case 'veth':
    case 'dummy':
    case 'tunnel':
      return plain(nic.kind);
    case 'macvlan':
    case 'ipvlan':
      return stacked(nic);
    default:
      return [];
  }
}

function stacked(nic: Nic): ParentRemark[] {
  // What it stands on may be in another namespace, where nobody can name it.
  if (!nic.parent) return [];
  const params = { parent: nic.name, master: nic.parent };
  return [
    remark('stacked', notice('parent_unfit', { ...params, context: 'stacked' }), { parent: nic.parent }),
  ];
}

function dockerRemarks(nic: Nic): ParentRemark[] {
  if (!nic.docker) return [];
  const context = nic.kind === 'bridge' ? 'docker_bridge' : 'docker_link';
  return [remark(context, notice('parent_unfit', { parent: nic.name, context }))];
}

function stateRemarks(nic: Nic): ParentRemark[] {
  if (nic.up && nic.carrier) return [];
  const context = nic.up ? 'no_carrier' : 'down';
  return [remark(context, notice('parent_unfit', { parent: nic.name, context }))];
}

function ownRemarks(nic: Nic): ParentRemark[] {
  const parent = nic.name;
  if (nic.kind === 'loopback') {
    return [remark('loopback', notice('parent_unfit', { parent, context: 'loopback' }))];
  }
  if (!nic.ethernet) {
    return [remark('not_ethernet', notice('parent_unfit', { parent, context: 'not_ethernet' }))];
  }
  return [...portRemarks(nic), ...dockerRemarks(nic), ...kindRemarks(nic), ...stateRemarks(nic)];
}

/** What keeps every parent of the host from the LAN. */
export function hostRemarks(facts: Pick<HostFacts, 'machine'>, engine: Engine): ParentRemark[] {
  const host = engine.name;
  const cloud = cloudOf(facts.machine);
  const made: ParentRemark[] = [];
  if (engine.desktopVm) made.push(remark('desktop', notice('parent_unfit', { host, context: 'desktop' })));
  if (engine.rootless) made.push(remark('rootless', notice('parent_unfit', { host, context: 'rootless' })));
  if (cloud) made.push(remark('cloud', notice('parent_unfit', { host, cloud, context: 'cloud' })));
  return made;
}

/**
 * Judges an interface as the parent of a macvlan or ipvlan network. What is refused fails at the first container's
 * start (`device or resource busy`) or at once; engines accept most of it when the network is made.
 *
 * @param driver what is to stand on it
 */
export function parentVerdict(
  nic: Nic,
  facts: Pick<HostFacts, 'machine'>,
  engine: Engine,
  driver: 'macvlan' | 'ipvlan' = 'macvlan',
): ParentVerdict {
  const all = [...ownRemarks(nic), ...hostRemarks(facts, engine)];
  // ipvlan shares the card's own MAC address: it is the way out, not a fault.
  const remarks = driver === 'ipvlan' ? all.filter((one) => one.reason !== 'wireless') : all;
  const rank = ({ reason, notice: { severity } }: ParentRemark) =>
    refusing.has(reason) ? 0 : severity === 'warning' ? 1 : 2;
  remarks.sort((a, b) => rank(a) - rank(b));
  const [worst] = remarks;
  if (!worst) return { state: 'ok', remarks };
  return { state: refusing.has(worst.reason) ? 'refused' : 'warned', remarks };
}
