import type { Endpoint, Network, Notice } from '../../model';
import { plainAddress } from '../basics/cidr';
import { sinceV28 } from '../engines/engines';
import { fixedMac, macAfterwards } from '../membership/fixed-mac';
import { notice } from '../../texts/messages';
import type { Subject } from './subject';

type Known = Pick<Subject, 'container' | 'engine' | 'inventory'>;

interface KeptMac {
  /** To be asked for when the attachment is made again; undefined where the engine chooses, or can't be asked. */
  mac: string | undefined;
  notices: Notice[];
}

/** Why a fixed MAC does not survive. */
function lost(subject: Known, network: Network, mac: string, to: Network | undefined): Notice[] {
  const { container, engine } = subject;
  const params = { container: container.name, network: network.name, mac };
  const after = macAfterwards(engine);
  if (after === 'lost') return [notice('mac_lost', { ...params, host: engine.name })];
  return after === 'kept' && to ? [notice('mac_lost', { ...params, context: 'moves', to: to.name })] : [];
}

/**
 * What is said of an automatic MAC when its attachment comes back with the pin `ipv4`. Up to v27 engines make it of the IPv4
 * address, so that it stays with it; newer ones, and Podman, draw another each time (docs/engine-facts.md §2).
 */
function drawnAnew({ container, engine }: Known, old: Endpoint, network: Network, ipv4: string): Notice[] {
  const params = { container: container.name, network: network.name, mac: old.mac };
  if (sinceV28(engine) || engine.product === 'podman') {
    return [notice('mac_changes', { ...params, context: 'drawn' })];
  }
  if (!ipv4) return [notice('mac_changes', { ...params, context: 'automatic' })];
  return old.ipv4 && plainAddress(old.ipv4) === plainAddress(ipv4) ? [] : [notice('mac_changes', params)];
}

/**
 * What becomes of an attachment's MAC when it is taken away, to be made again here or on `to`, now or by undo. What is said
 * of an automatic one is said only where others see it: on macvlan.
 *
 * @param renewed it comes back at once, with this IPv4 pin; blank where the engine picks the address
 */
export function keptMac(
  subject: Known,
  old: Endpoint,
  network: Network,
  { to, renewed }: { to?: Network; renewed?: { ipv4: string } } = {},
): KeptMac {
  const { container, engine, inventory } = subject;
  const fixed = fixedMac(container, old, inventory.macs);
  if (fixed) {
    const sent = macAfterwards(engine) === 'sent' ? fixed : undefined;
    return { mac: sent, notices: lost(subject, network, fixed, to) };
  }
  if (!renewed || network.kind !== 'macvlan' || old.mac === '') return { mac: undefined, notices: [] };
  return { mac: undefined, notices: drawnAnew(subject, old, network, renewed.ipv4) };
}
