import type { Problem } from '../../../shared/model';

/** Fields that all hosts share. */
export type SharedField =
  | 'name'
  | 'vlan'
  | 'subnet'
  | 'gateway'
  | 'subnet6'
  | 'gateway6'
  | 'more'
  | 'mode'
  | 'mtu'
  | 'reserved'
  | 'hosts';
/** Fields of one host. */
export type HostField = 'nic' | 'networkName' | 'ipRange' | 'ipRange6' | 'exclusions';

/** A field of the form: `subnet`, or `nic@engine`. */
export type FieldKey = SharedField | `${HostField}@${string}`;

const subnets: Record<string, SharedField> = {
  'subnets.0.subnet': 'subnet',
  'subnets.0.gateway': 'gateway',
  'subnets.1.subnet': 'subnet6',
  'subnets.1.gateway': 'gateway6',
  subnets: 'subnet',
};

const ofHost: Record<string, HostField> = {
  parent: 'nic',
  parentNic: 'nic',
  name: 'networkName',
  networkName: 'networkName',
  ipRange: 'ipRange',
  ipRange6: 'ipRange6',
  exclusions: 'exclusions',
};

const hostPart = /^(?:spec|host|hosts\.\d+)\.(\w+?)(?:\.\d+)?$/;

/**
 * The field of the form that a problem is about; null where no field shows it. `segment.subnets.0.gateway` is the
 * gateway's, `spec.parent` on a host is that host's NIC.
 * @param hasSix whether the second subnet that is sent is the IPv6 one, and not a further one
 */
export function formFieldOf({ field, engineId }: Problem, hasSix = true): FieldKey | null {
  const path = field?.replace(/^request\./, '') ?? '';
  if (path.startsWith('segment.')) {
    const rest = path.slice('segment.'.length);
    if (rest.startsWith('reserved')) return 'reserved';
    const index = Number(/^subnets\.(\d+)\./.exec(rest)?.[1] ?? 0);
    const shared = index > (hasSix ? 1 : 0) ? 'more' : subnets[rest];
    // The LAN's subnet can clash on one host alone: that is told beside the host.
    if (shared) return rest === 'subnets' && engineId ? null : shared;
    return rest === 'name' || rest === 'vlan' || rest === 'mode' || rest === 'mtu' ? rest : null;
  }
  if (path === 'hosts' && !engineId) return 'hosts';
  const own = ofHost[hostPart.exec(path)?.[1] ?? path];
  return own && engineId ? `${own}@${engineId}` : null;
}
