import { groupBy } from '../../basics/group-by';
import type { AddressUse } from '../../../model';
import {
  broadcastAddress,
  contains,
  formatIp,
  lastAddress,
  networkAddress,
  parseCidr,
  parseIp,
  reservesNetworkAddress,
  type Cidr,
} from '../../basics/cidr';
import { collide } from '../address-grid';
import type { RangeEnds } from '../address-range';
import type { Entry, ExportSource } from './kinds';

/** What several hosts say of one address and mean one and the same. */
const shared: ReadonlySet<Entry['kind']> = new Set(['gateway', 'excluded', 'reserved', 'dhcp', 'given']);
/** Of a LAN and of no host, whichever was asked. */
const hostless: ReadonlySet<Entry['kind']> = new Set(['reserved', 'dhcp', 'foreign']);

type Bare = Pick<Entry, 'kind' | 'owner' | 'engineId' | 'container' | 'conflict'> & {
  subnet: Cidr;
  from: bigint;
  to: bigint;
};

function bareUses({ plan }: ExportSource, subnets: readonly Cidr[]): Bare[] {
  const at = groupBy(
    plan.used.filter(({ to }) => to === undefined),
    ({ address }) => address,
  );
  return plan.used.flatMap((use: AddressUse): Bare[] => {
    const ip = parseIp(use.address);
    const end = parseIp(use.to ?? use.address);
    const subnet = ip && subnets.find((each) => contains(each, ip));
    if (!ip || !end || !subnet || end.version !== ip.version) return [];
    const { kind, owner, engineId, container } = use;
    const conflict = use.to === undefined && collide(at.get(use.address) ?? []);
    return [{ kind, owner, engineId, container, conflict, subnet, from: ip.value, to: end.value }];
  });
}

/** What engines hand out by themselves; the subnet's own two addresses are nobody's. */
function bareGiven({ plan }: ExportSource, subnets: readonly Cidr[]): Bare[] {
  return plan.ranges.flatMap(({ engineId, range }): Bare[] => {
    const cidr = parseCidr(range);
    const subnet = cidr && subnets.find((each) => contains(each, networkAddress(cidr)));
    if (!cidr || !subnet) return [];
    const end = lastAddress(cidr).value;
    const from = cidr.base === subnet.base && reservesNetworkAddress(subnet) ? cidr.base + 1n : cidr.base;
    const to = end === broadcastAddress(subnet)?.value ? end - 1n : end;
    const none = { owner: '', container: undefined, conflict: false };
    return from > to ? [] : [{ kind: 'given', engineId, ...none, subnet, from, to }];
  });
}

function clipped(bare: Bare, range: RangeEnds | null): Bare | null {
  if (!range) return bare;
  const [first, last] = [parseIp(range.from), parseIp(range.to)];
  if (!first || !last || first.version !== bare.subnet.version) return null;
  const from = bare.from < first.value ? first.value : bare.from;
  const to = bare.to > last.value ? last.value : bare.to;
  return from > to ? null : { ...bare, from, to };
}

const byAddress = (a: Entry, b: Entry): number =>
  a.version - b.version || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** All that a LAN's addresses are held by, in order; only what is in a range where one is given. */
export function exportEntries(source: ExportSource, range: RangeEnds | null): Entry[] {
  const subnets = subnetsOfSource(source);
  const entries = new Map<string, Entry>();
  for (const bare of [...bareUses(source, subnets), ...bareGiven(source, subnets)]) {
    const one = clipped(bare, range);
    if (!one) continue;
    const { version } = one.subnet;
    const text = (value: bigint) => formatIp({ version, value });
    const who = shared.has(one.kind) ? '' : `${one.engineId} ${one.container?.id ?? ''}`;
    const key = [text(one.from), text(one.to), one.kind, one.owner, who].join('\n');
    const host = hostless.has(one.kind) ? [] : [source.hostOf(one.engineId)];
    const { container } = one;
    entries.set(key, {
      ...one,
      version,
      leased:
        version === 4 &&
        container !== undefined &&
        source.leases(one.engineId, container.id, container.networkId),
      address: text(one.from),
      last: one.to === one.from ? null : text(one.to),
      hosts: [...new Set([...(entries.get(key)?.hosts ?? []), ...host])],
      network: one.container ? source.networkOf(one.engineId, one.container.networkId) : source.network,
    });
  }
  return [...entries.values()].sort(byAddress);
}

export const subnetsOfSource = ({ plan }: ExportSource): Cidr[] =>
  plan.subnets.flatMap((text) => parseCidr(text) ?? []);
