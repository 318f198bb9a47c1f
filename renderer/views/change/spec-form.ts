import type { Engine, Network, NetworkSpec, Snapshot } from '../../../shared/model';
import { parentNic, parseParent, sortNatural } from '../../../shared/rules';

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
  exclusions: string[];
  internal: boolean;
}

export const modes = {
  macvlan: ['bridge', 'private', 'vepa', 'passthru'],
  ipvlan: ['l2', 'l3', 'l3s'],
} as const;

/** Fields of the form by the field of the spec that a problem names. */
export const specFields = [
  'name',
  'parent',
  'mode',
  'subnet',
  'gateway',
  'ipRange',
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
  mode: 'bridge',
  subnet: '',
  gateway: '',
  ipRange: '',
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

/** `eth0` and 10 are the link `eth0.10`, which the engine makes where it is absent. */
export const parentOf = ({ nic, vlan }: Pick<SpecForm, 'nic' | 'vlan'>): string =>
  vlan.trim() ? `${nic.trim()}.${vlan.trim()}` : nic.trim();

/** The specification that the form stands for; empty fields are left out. */
export function specOf(form: SpecForm): NetworkSpec {
  const gateway = form.gateway.trim();
  const ipRange = form.ipRange.trim();
  return {
    name: form.name.trim(),
    driver: form.driver,
    parent: parentOf(form),
    mode: form.mode,
    subnet: form.subnet.trim(),
    ...(gateway ? { gateway } : {}),
    ...(ipRange ? { ipRange } : {}),
    exclusions: form.exclusions.map((each) => each.trim()).filter(Boolean),
    internal: form.internal,
  };
}
