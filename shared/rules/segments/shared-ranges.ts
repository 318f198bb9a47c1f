import type { Notice, Segment } from '../../model';
import { automaticRanges, type AutomaticRange } from '../addresses/lan-read';
import { formatCidr, overlaps, parseCidr } from '../basics/cidr';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';
import { specFor } from '../membership/segment-spec';
import { notice } from '../../texts/messages';
import { plannedNetwork } from '../networks/planned-network';

/** Ranges that hang together: each overlaps another one of its group, if there is one. */
function grouped(ranges: readonly AutomaticRange[]): AutomaticRange[][] {
  return ranges.reduce<AutomaticRange[][]>((groups, range) => {
    const isMet = (group: AutomaticRange[]) => group.some(({ cidr }) => overlaps(cidr, range.cidr));
    return [...groups.filter((one) => !isMet(one)), [...groups.filter(isMet).flat(), range]];
  }, []);
}

/**
 * Of which members the engines hand out the same addresses, each by itself: their ranges overlap, or one has none and hands
 * out from the whole subnet. Nobody means that, but it may be what there is.
 */
export function sharedRangeNotices(segment: Segment, { engines }: Pick<Inventory, 'engines'>): Notice[] {
  const ranges = segment.members.flatMap((member) => {
    const network = plannedNetwork(specFor(segment, member), member.engineId, engines);
    return automaticRanges([network]);
  });
  return segment.subnets.flatMap(({ subnet }) => {
    const cidr = parseCidr(subnet);
    const inside = cidr ? ranges.filter((range) => overlaps(range.cidr, cidr)) : [];
    return grouped(inside).flatMap((group) => {
      const ids = [...new Set(group.map(({ network }) => network.engineId))];
      if (!cidr || ids.length < 2) return [];
      const hosts = ids.map((id) => hostName(id, engines)).join(', ');
      return [notice('ranges_shared', { hosts, subnet: formatCidr(cidr) })];
    });
  });
}
