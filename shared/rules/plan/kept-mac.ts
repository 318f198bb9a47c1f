import type { Endpoint, Network, Notice } from '../../model';
import { fixedMac, macAfterwards } from '../fixed-mac';
import { notice } from '../../texts/messages';
import type { Subject } from './subject';

interface KeptMac {
  /** To be asked for when the attachment is made again; undefined where the engine chooses, or can't be asked. */
  mac: string | undefined;
  notices: Notice[];
}

/** Why a fixed MAC does not survive. */
function lost(subject: Subject, network: Network, mac: string, to: Network | undefined): Notice[] {
  const { container, engine } = subject;
  const params = { container: container.name, network: network.name, mac };
  const after = macAfterwards(engine);
  if (after === 'lost') return [notice('mac_lost', { ...params, host: engine.name })];
  return after === 'kept' && to ? [notice('mac_lost', { ...params, context: 'moves', to: to.name })] : [];
}

/**
 * What becomes of an attachment's MAC when it is taken away, to be made again here or on `to`, now or by undo. What is said
 * of an automatic one is said only where others see it: on macvlan.
 *
 * @param renewed it comes back at once, with another address
 */
export function keptMac(
  subject: Subject,
  old: Endpoint,
  network: Network,
  { to, renewed = false }: { to?: Network; renewed?: boolean } = {},
): KeptMac {
  const { container, engine, inventory } = subject;
  const fixed = fixedMac(container, old, inventory.macs);
  if (fixed) {
    const sent = macAfterwards(engine) === 'sent' ? fixed : undefined;
    return { mac: sent, notices: lost(subject, network, fixed, to) };
  }
  if (!renewed || network.kind !== 'macvlan' || old.mac === '') return { mac: undefined, notices: [] };
  const params = { container: container.name, network: network.name, mac: old.mac };
  return { mac: undefined, notices: [notice('mac_changes', params)] };
}
