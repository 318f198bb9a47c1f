import type { Notice, SegmentMember } from '../../model';
import type { Inventory } from '../inventory/inventory';
import { notice } from '../../texts/messages';

/** Whether a member's host is on the list of engines; nothing can be done on one that is not, nor anything be told of it. */
export const isListed = ({ engineId }: SegmentMember, { engines }: Pick<Inventory, 'engines'>): boolean =>
  engines.some((one) => one.id === engineId);

/**
 * Tells of each host that a change leaves out because it is off the list of engines.
 *
 * @param fate what becomes of its part of the plan: it `stays`, or `goes` and nothing else of it does
 */
export function unlistedNotices(
  members: readonly SegmentMember[],
  inventory: Pick<Inventory, 'engines'>,
  fate: 'stays' | 'goes',
): { notices?: Notice[] } {
  const left = members.filter((one) => !isListed(one, inventory));
  const notices = left.map(({ engineId: host, networkName: network }) =>
    notice('host_unlisted', fate === 'goes' ? { context: 'goes', host, network } : { host, network }),
  );
  return notices.length > 0 ? { notices } : {};
}
