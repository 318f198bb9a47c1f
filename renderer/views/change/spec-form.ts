import type { Engine, HostFacts, Network, NetworkSpec, Problem, Snapshot } from '../../../shared/model';
import {
  formatCidr,
  networkModes,
  parentNic,
  parseCidr,
  parseParent,
  planChange,
  problem,
  sortNatural,
  tidySpec,
} from '../../../shared/rules';
import { fieldOf } from '../../components/change/fields';

/** What stands in the form of a new network, as text. */
export interface SpecForm {
  engineId: string;
  driver: NetworkSpec['driver'];
  name: string;
  nic: string;
  vlan: string;
  mode: string;
  subnet: string;
  gateway: string;
  ipRange: string;
  subnet6: string;
  gateway6: string;
  ipRange6: string;
  exclusions: string[];
  internal: boolean;
}

/** Fields of the form by the field of the spec that a problem names; `vlan` is the form's own. */
export const specFields = [
  'name',
  'parent',
  'vlan',
  'mode',
  'subnet',
  'gateway',
  'ipRange',
  'subnet6',
  'gateway6',
  'ipRange6',
  'exclusions',
  'driver',
] as const;

/** The first host that answers, unless one was chosen already. */
export const firstEngine = (engines: readonly Engine[], wanted: string | undefined): string =>
  engines.find((engine) => engine.id === wanted)?.id ??
  engines.find((engine) => engine.state === 'online')?.id ??
  engines[0]?.id ??
  '';

const nicAndVlan = (parent: string): Pick<SpecForm, 'nic' | 'vlan'> => {
  const parsed = parseParent(parent);
  return parsed.ok && parsed.vlan !== null
    ? { nic: parsed.nic, vlan: String(parsed.vlan) }
    : { nic: parent, vlan: '' };
};

/** @param parent `eth0`, or a VLAN link on it: `eth0.20` */
export const emptyForm = (engineId: string, parent: string): SpecForm => ({
  engineId,
  driver: 'macvlan',
  name: '',
  ...nicAndVlan(parent),
  mode: networkModes.macvlan[0],
  subnet: '',
  gateway: '',
  ipRange: '',
  subnet6: '',
  gateway6: '',
  ipRange6: '',
  exclusions: [],
  internal: false,
});

/** The network cards that networks of this host already use; the engine API itself lists none. */
export function knownNics(snapshot: Pick<Snapshot, 'networks'>, engineId: string): string[] {
  const nics = snapshot.networks
    .filter((network: Network) => network.engineId === engineId)
    .map(parentNic)
    .filter((nic): nic is string => nic !== null && nic !== '');
  return [...new Set(nics)].sort(sortNatural);
}

/** What kinds of interfaces lead to a LAN: a VLAN link is made below its NIC by its id. */
const isOffered = ({ kind, docker }: HostFacts['nics'][number]): boolean =>
  !docker && kind !== 'loopback' && kind !== 'vlan';

/**
 * The first interface of the form's host on which its engine would make such a network without a word against it; empty
 * where there is none.
 *
 * @param facts what the host has, where somebody has looked: else the interfaces of its networks are all that is known
 */
export function freeNic(form: SpecForm, snapshot: Snapshot, facts: HostFacts | null): string {
  const known = knownNics(snapshot, form.engineId);
  const seen = facts?.nics.filter(isOffered).map(({ name }) => name) ?? [];
  const inventory = { ...snapshot, ...(facts ? { facts: [facts] } : {}) };
  const fits = (nic: string) => {
    const spec = specOf({ ...form, nic });
    const { problems, notices } = planChange(
      { kind: 'create-network', engineId: form.engineId, spec },
      inventory,
    );
    return (
      problems.every((each) => fieldOf(each) !== 'parent') &&
      notices.every(({ code }) => code !== 'parent_unfit')
    );
  };
  // One that networks stand on already is the likelier.
  return [...known, ...seen].find(fits) ?? '';
}

/** `eth0` and 10 are the link `eth0.10`, which the engine makes where it is absent. */
export const parentOf = ({ nic, vlan }: Pick<SpecForm, 'nic' | 'vlan'>): string =>
  vlan.trim() ? `${nic.trim()}.${vlan.trim()}` : nic.trim();

/** What is wrong with the VLAN id. Letters would make another interface name of it, which nothing else refuses. */
export function vlanProblem({ vlan }: Pick<SpecForm, 'vlan'>): Problem | null {
  const id = vlan.trim();
  if (id === '' || (/^[1-9]\d*$/.test(id) && Number(id) <= 4094)) return null;
  return problem('vlan_invalid', { context: 'alone', vlan: id }, { field: 'vlan' });
}

/** The specification that the form stands for; empty fields are left out. */
export function specOf(form: SpecForm): NetworkSpec {
  const { engineId: _host, nic: _nic, vlan: _vlan, ...fields } = form;
  return tidySpec({ ...fields, parent: parentOf(form) });
}

/** A range such as `192.168.1.192/27` of the subnet that was typed: an eighth of it, in its last quarter. */
export function exampleRange(subnet: string): string {
  const cidr = parseCidr(subnet.trim());
  if (cidr?.version !== 4 || cidr.prefix > 28) return '192.168.1.192/27';
  const base = cidr.base + (3n << BigInt(30 - cidr.prefix));
  return formatCidr({ ...cidr, base, address: base, prefix: cidr.prefix + 3, hostBitsSet: false });
}
