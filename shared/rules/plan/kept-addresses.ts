import type { Endpoint, Network, Notice } from '../../model';
import { fixedAddresses } from '../membership/fixed-addresses';
import { notice } from '../../texts/messages';
import type { Subject } from './subject';
import type { Addresses } from './target';

export interface KeptAddresses {
  /** The fixed ones; on Podman, where nobody knows, those in use now, since they may be fixed. */
  pins: Addresses;
  /** Whether it is known what is fixed. */
  certain: boolean;
  /** Those which the engine does not tell: what takes a detach back sets them. */
  untold: Addresses;
  /** What undo may not bring back as it was. */
  notices: Notice[];
  /** What a change that puts the container back must say of a fixed one that nobody knows. */
  lost: Notice[];
}

/** The container, and what is known of it. */
type Known = Pick<Subject, 'container' | 'engine' | 'inventory'>;

const some = (ipv4: string | undefined, ipv6: string | undefined): Addresses => ({
  ...(ipv4 ? { ipv4 } : {}),
  ...(ipv6 ? { ipv6 } : {}),
});

/** An automatic address that is given up may not come back. */
function automatic({ container }: Known, endpoint: Endpoint, network: Network, pins: Addresses): Notice[] {
  const address = [pins.ipv4 ? '' : endpoint.ipv4, pins.ipv6 ? '' : endpoint.ipv6].filter(Boolean).join(', ');
  const params = { container: container.name, network: network.name, address };
  return address ? [notice('undo_may_change_address', params)] : [];
}

/** What becomes of an attachment's addresses when it is taken away, and comes back by undo. */
export function keptAddresses(subject: Known, old: Endpoint, network: Network): KeptAddresses {
  const { container, engine, inventory } = subject;
  if (engine.product !== 'podman') {
    const pins = some(old.pinned4, old.pinned6);
    return { pins, certain: true, untold: {}, notices: automatic(subject, old, network, pins), lost: [] };
  }
  const fixed = fixedAddresses(container, old, network, engine, inventory.addresses);
  if (fixed.kind === 'pinned') {
    const pins = some(fixed.ipv4, fixed.ipv6);
    return { pins, certain: true, untold: pins, notices: automatic(subject, old, network, pins), lost: [] };
  }
  const pins = some(old.ipv4, old.ipv6);
  const address = [old.ipv4, old.ipv6].filter(Boolean).join(', ');
  const params = { container: container.name, network: network.name };
  const told = address
    ? notice('undo_may_change_address', { ...params, context: 'fixes', address })
    : notice('undo_may_change_address', { ...params, context: 'unknown' });
  const lost = address ? [] : [notice('fixed_address_unknown', params)];
  return { pins, certain: false, untold: pins, notices: [told], lost };
}
