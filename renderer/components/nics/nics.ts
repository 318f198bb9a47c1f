import type { Engine, HostFacts, Nic } from '../../../shared/model';
import { isShimAlias, parentVerdict, siteOf, type ParentVerdict } from '../../../shared/rules';

/** An interface as it is shown. */
export interface NicRow {
  nic: Nic;
  state: 'upCarrier' | 'upNoCarrier' | 'down';
  verdict: ParentVerdict;
  /** Trunkline's own link, by its alias. */
  shim: boolean;
  /** Of no interest to someone who looks for a parent: loopback and Docker's own. */
  quiet: boolean;
  /** Where its LAN is, as the admin says. */
  site: string | undefined;
}

const order: readonly Nic['kind'][] = ['physical', 'wireless', 'bond', 'vlan', 'bridge'];

const rank = ({ nic, quiet }: NicRow): number => {
  if (quiet) return 100;
  const at = order.indexOf(nic.kind);
  return at < 0 ? order.length : at;
};

/** Real ones first, then what stands on them, then the rest in the kernel's order. */
export function nicRows(facts: HostFacts, engine: Engine): NicRow[] {
  const rows = facts.nics.map((nic): NicRow => ({
    nic,
    state: nic.up ? (nic.carrier ? 'upCarrier' : 'upNoCarrier') : 'down',
    verdict: parentVerdict(nic, facts, engine),
    shim: isShimAlias(nic.alias),
    quiet: nic.docker || nic.kind === 'loopback',
    site: nic.docker || nic.kind === 'loopback' ? undefined : siteOf(nic.name, engine),
  }));
  return rows.sort((a, b) => rank(a) - rank(b) || a.nic.index - b.nic.index);
}

/** `10.70.1.11/24`, those good beyond the link first. */
export const addressTexts = (nic: Nic): string[] =>
  [...nic.addresses]
    .sort((a, b) => Number(b.scope === 'global') - Number(a.scope === 'global'))
    .map(({ address, prefix }) => `${address}/${String(prefix)}`);

/** Mbit/s as people say it: `1 Gbit/s` for 1000. */
export const speedText = (speed: number | null): string =>
  speed === null ? '' : speed >= 1000 ? `${String(speed / 1000)} Gbit/s` : `${String(speed)} Mbit/s`;
