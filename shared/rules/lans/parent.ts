import type { Network, NetworkSpec, Problem } from '../../model';
import { problem } from '../../texts/messages';

export type Parent =
  | {
      ok: true;
      /** The interface below: `eth0` for `eth0.10`. */
      nic: string;
      /** The 802.1Q id that the name tells; null when it tells none. */
      vlan: number | null;
      /** True when the engine makes the interface if it is absent. Every other name must exist beforehand. */
      engineCreates: boolean;
      /** A bridge that Docker itself made: accepted by engines, but it leads to no LAN. */
      dockerBridge: boolean;
    }
  | { ok: false; problem: Problem };

/** IFNAMSIZ of Linux less the closing zero byte. */
const maxLength = 15;
const field = 'spec.parent';
const bytes = new TextEncoder();

const refuse = (made: Problem): Parent => ({ ok: false, problem: made });

function nameProblem(parent: string): Problem | null {
  if (parent === '') return problem('parent_invalid', { context: 'empty' }, { field });
  if (parent === 'lo') return problem('parent_invalid', { context: 'loopback', parent }, { field });
  // dev_valid_name() of Linux: no slash, colon or white space, and neither of the two directory names.
  const bad = parent === '.' || parent === '..' || /[/:\s\p{Cc}]/u.test(parent);
  if (bad || bytes.encode(parent).length > maxLength) return problem('parent_invalid', { parent }, { field });
  return null;
}

/**
 * Reads the parent of a macvlan or ipvlan network. The engine makes VLAN interfaces for exactly one dot and a numeric
 * id (`eth0.10`); `eth0.10.20` it rejects, and any other name must exist on the host.
 */
export function parseParent(text: string): Parent {
  const wrong = nameProblem(text);
  if (wrong) return refuse(wrong);
  const dockerBridge = /^(docker0|docker_gwbridge|br-[0-9a-f]{12})$/.test(text);
  const [nic = '', id, ...more] = text.split('.');
  if (id === undefined) return { ok: true, nic, vlan: null, engineCreates: false, dockerBridge };
  if (more.length > 0) return refuse(problem('parent_invalid', { context: 'dots', parent: text }, { field }));
  if (nic === '' || id === '') return refuse(problem('parent_invalid', { parent: text }, { field }));
  if (nic === 'lo')
    return refuse(problem('parent_invalid', { context: 'loopback', parent: text }, { field }));
  if (!/^\d+$/.test(id)) return { ok: true, nic: text, vlan: null, engineCreates: false, dockerBridge };
  const vlan = Number(id);
  // A leading zero would make eth0.010 and eth0.10 two interfaces with one id.
  if (id.startsWith('0') || vlan > 4094) {
    return refuse(problem('vlan_invalid', { vlan: id, parent: text }, { field }));
  }
  return { ok: true, nic, vlan, engineCreates: true, dockerBridge };
}

/** Whether a name is one that the driver gives to a link of its own making, for a network that was made without a parent. */
export const isOwnLink = (parent: string): boolean => /^d[mi]-/.test(parent);

/** Whether it is one of the two drivers whose networks stand on an interface of the host. */
export const isLanDriver = (driver: string): driver is NetworkSpec['driver'] =>
  driver === 'macvlan' || driver === 'ipvlan';

/** The interface below a network: `eth0` for the parents `eth0` and `eth0.10`; null when it has or tells none. */
export function parentNic(network: Network): string | null {
  if (!network.parent) return null;
  const parsed = parseParent(network.parent);
  return parsed.ok ? parsed.nic : network.parent;
}

/** The VLAN id that a network's parent tells; null when it is untagged or the name does not say. */
export function vlanOf(network: Network): number | null {
  const parsed = network.parent ? parseParent(network.parent) : null;
  return parsed?.ok ? parsed.vlan : null;
}

/** Whether a network of the engine stands on this interface, or on a VLAN of it: it was there when that was made. */
export const standsOn = (name: string, engineId: string, networks: readonly Network[]): boolean =>
  networks.some(
    (one) =>
      one.engineId === engineId &&
      isLanDriver(one.kind) &&
      !one.configOnly &&
      (one.parent === name || parentNic(one) === name),
  );
