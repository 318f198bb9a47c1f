import type { Engine, HostFacts, Network, Nic, Notice } from '../../model';
import { parentVerdict, type ParentReason } from './parent-verdict';
import { isLanDriver, isOwnLink } from './parent';

/** A network whose interface is not what it was made on. */
export type ParentTrouble = {
  network: Network;
  /** When the host was looked into, milliseconds since the epoch by the console's clock. */
  at: number;
} & (
  | { kind: 'parentGone'; parent: string }
  /** It is there, and nothing gets through: switched off, without a carrier, or taken by a bridge or a bond. */
  | { kind: 'parentUnfit'; notice: Notice }
);

/** What came about since the network was made, and is mended at the host. What a parent is by nature was told then. */
const mendable: ReadonlySet<ParentReason> = new Set(['bridge_port', 'bond_port', 'down', 'no_carrier']);

/** The interface and what it stands on: a VLAN link has no carrier while the card below is switched off. */
function withLower(nic: Nic, nics: readonly Nic[]): Nic[] {
  const lower = nics.find((one) => one.name === nic.parent && one.name !== nic.name);
  return lower ? [lower, nic] : [nic];
}

function troubleOf(network: Network, engine: Engine, facts: HostFacts): ParentTrouble | null {
  const { parent } = network;
  if (!parent) return null;
  const at = { network, at: facts.at };
  const nic = facts.nics.find((one) => one.name === parent);
  if (!nic) return { ...at, kind: 'parentGone', parent };
  const driver = network.kind === 'ipvlan' ? 'ipvlan' : 'macvlan';
  for (const one of withLower(nic, facts.nics)) {
    // A bridge's port may well carry VLAN links: only the link itself must not be taken.
    const counts = (reason: ParentReason) =>
      mendable.has(reason) && (one === nic || reason === 'down' || reason === 'no_carrier');
    const found = parentVerdict(one, facts, engine, driver).remarks.find(({ reason }) => counts(reason));
    if (found) return { ...at, kind: 'parentUnfit', notice: found.notice };
  }
  return null;
}

/**
 * Networks whose parent is gone, or lets nothing through, by the last look at their host. A look from before the engine
 * was last reached is no witness: the host may have been started anew since. Nor is one for a network that is newer: its
 * interface may have been made with it.
 */
export function parentTroubles(
  networks: readonly Network[],
  engines: readonly Engine[],
  seen: readonly HostFacts[],
): ParentTrouble[] {
  return seen.flatMap((facts) => {
    const known = facts.networkIds && new Set(facts.networkIds);
    const engine = engines.find(({ id, state }) => id === facts.engineId && state === 'online');
    if (!engine || facts.at < engine.since) return [];
    return networks
      .filter((one) => one.engineId === engine.id && standsOnNic(one) && (!known || known.has(one.id)))
      .flatMap((one) => troubleOf(one, engine, facts) ?? []);
  });
}

/** Whether a network stands on an interface of the host that is not of its driver's own making. */
export const standsOnNic = ({ kind, parent, configOnly }: Network): boolean =>
  isLanDriver(kind) && !configOnly && parent !== undefined && !isOwnLink(parent);
