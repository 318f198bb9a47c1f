import type { Engine, Network } from '../../model';
import type { Verdict } from '../addresses/check';
import { parentVerdict } from '../lans/parent-verdict';
import type { Inventory } from '../inventory/inventory';
import { isLanDriver, isOwnLink } from '../lans/parent';
import { problem } from '../../texts/messages';

/**
 * What the host's own interface says to one more container on a network that stands on it, where somebody has looked.
 * Engines take a connect whose interface is gone, or belongs to a bridge, and leave the half of it in the container,
 * which then can't start again (docs/engine-facts.md §2).
 */
export function parentFindings(
  network: Network,
  { engine, inventory }: { engine: Engine; inventory: Pick<Inventory, 'facts' | 'looked'> },
): Verdict {
  const { parent, kind } = network;
  // An old look must not refuse what has been mended since.
  const looked = inventory.looked?.includes(engine.id) ?? false;
  const facts = looked ? inventory.facts?.find((one) => one.engineId === engine.id) : undefined;
  if (!facts || !parent || isOwnLink(parent) || !isLanDriver(kind)) return { problems: [], notices: [] };
  const place = { engineId: engine.id, field: 'networkId' };
  const params = { parent, host: engine.name };
  const nic = facts.nics.find((one) => one.name === parent);
  if (!nic)
    return { problems: [problem('parent_missing', { ...params, context: 'gone' }, place)], notices: [] };
  const verdict = parentVerdict(nic, facts, engine, kind);
  if (verdict.state === 'refused') return { problems: [problem('parent_busy', params, place)], notices: [] };
  const asleep = verdict.remarks.filter(({ reason }) => reason === 'down' || reason === 'no_carrier');
  return { problems: [], notices: asleep.map((one) => one.notice) };
}
