import type { Network, Notice, ReservedRange, Segment, SegmentMember } from '../../model';
import type { Holder } from '../addresses/holders';
import { lanOf } from '../addresses/lan-read';
import { reservedInterval } from '../addresses/ranges';
import { parseIp } from '../basics/cidr';
import { sortNatural } from '../basics/names';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { networkOfMember } from '../membership/recognise';
import { specFor } from '../membership/segment-spec';
import { notice } from '../../texts/messages';
import { plannedNetwork } from '../networks/planned-network';

const sameRange = (one: ReservedRange, other: ReservedRange): boolean =>
  one.from === other.from && one.to === other.to;

/** The network of a member; one that is not there yet lies on the same LAN. */
const networkFor = (segment: Segment, member: SegmentMember, { networks, engines }: Inventory): Network =>
  networkOfMember(segment, member, networks) ??
  plannedNetwork(specFor(segment, member), member.engineId, engines);

const isContainers = ({ use }: Holder): boolean => use.kind === 'pinned' || use.kind === 'automatic';

/** An address that a container has, read once for all ranges. */
interface Held {
  readonly version: 4 | 6;
  readonly value: bigint;
  /** `web 10.70.1.9 (atlas)` */
  readonly text: string;
}

const heldBy = (holders: readonly Holder[], { engines }: Inventory): Held[] =>
  holders.filter(isContainers).flatMap(({ use: { address, owner, engineId } }) => {
    const ip = parseIp(address);
    return ip ? [{ ...ip, text: `${owner} ${address} (${hostName(engineId, engines)})` }] : [];
  });

/** Those of a range, by name. */
function heldOf(range: ReservedRange, held: readonly Held[]): string[] {
  const version = range.from.includes(':') ? 6 : 4;
  const reserved = reservedInterval(range, version);
  if (!reserved) return [];
  const inside = held.filter(
    (one) => one.version === version && one.value >= reserved.first && one.value <= reserved.last,
  );
  return [...new Set(inside.map(({ text }) => text))].sort(sortNatural);
}

/**
 * Who has addresses of ranges that are to be reserved: to reserve takes none away, and whoever hands them out besides does not
 * know of it.
 *
 * @param before the segment as it is planned now; undefined where it is not yet
 */
export function reservedHeldNotices(
  after: Segment,
  before: Segment | undefined,
  inventory: Inventory,
): Notice[] {
  const fresh = after.reserved.filter((one) => !before?.reserved.some((old) => sameRange(one, old)));
  if (fresh.length === 0) return [];
  const stands = before ?? after;
  const holders = stands.members.flatMap(
    (member) => lanOf(networkFor(stands, member, inventory), inventory).holders,
  );
  const all = heldBy(holders, inventory);
  return fresh.flatMap((range) => {
    const held = heldOf(range, all).join(', ');
    const { from, to } = range;
    if (held === '') return [];
    return [notice('reserved_held', from === to ? { context: 'one', from, held } : { from, to, held })];
  });
}
