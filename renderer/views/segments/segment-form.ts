import type {
  HostChoice,
  ImportedSegment,
  ReservedRange,
  Segment,
  SegmentDraft,
  SegmentRequest,
  SegmentSubnet,
  Snapshot,
} from '../../../shared/model';
import { containsCidr, furtherSubnets, networkModes, orderEngines, parseCidr } from '../../../shared/rules';
import { guessNic, seenNics } from '../../graph';
import { segmentSwatches } from '../../theme/lan-colours';
import type { SegmentPurpose } from '../../store/ui';

/** One host as it stands in the form, as text. */
export interface HostForm {
  engineId: string;
  /** The segment is to be there. */
  chosen: boolean;
  nic: string;
  /** The link itself where its name is not `nic.id`; empty for the usual one. */
  parent: string;
  /** Empty: the segment's own name. */
  networkName: string;
  /** Null: as the preview finds it. */
  ipRange: string | null;
  ipRange6: string | null;
  /** Ranges in further subnets, and excluded addresses: as the text or the plan has them. */
  moreRanges: string[];
  exclusions: Record<string, string>;
}

/** What stands in the form of a segment, as text. */
export interface SegmentForm {
  name: string;
  colour: string;
  tenant: string;
  /** Empty: untagged. */
  vlan: string;
  driver: SegmentDraft['driver'];
  mode: string;
  mtu: string;
  subnet: string;
  gateway: string;
  subnet6: string;
  gateway6: string;
  /** Subnets beside the first of each family. */
  more: { subnet: string; gateway: string }[];
  /** Undefined: a plan of earlier versions says nothing of it. */
  internal: boolean | undefined;
  /** The driver's options besides parent, mode and MTU. */
  options: Record<string, string>;
  reserved: ReservedRange[];
  hosts: HostForm[];
}

const emptyHost = (engineId: string): HostForm => ({
  engineId,
  chosen: false,
  nic: '',
  parent: '',
  networkName: '',
  ipRange: null,
  ipRange6: null,
  moreRanges: [],
  exclusions: {},
});

const hostOf = (choice: Omit<HostChoice, 'engineId'>, engineId: string): HostForm => ({
  ...emptyHost(engineId),
  chosen: true,
  nic: choice.parentNic,
  parent: choice.parent ?? '',
  networkName: choice.networkName ?? '',
  ipRange: choice.ipRange ?? null,
  ipRange6: choice.ipRange6 ?? null,
  moreRanges: choice.moreRanges ?? [],
  exclusions: choice.exclusions ?? {},
});

type Shared = Omit<SegmentForm, 'hosts'>;

const isV6 = (subnet: SegmentSubnet): boolean => subnet.subnet.includes(':');

const sharedOf = (draft: SegmentDraft): Shared => {
  const four = draft.subnets.find((each) => !isV6(each));
  const six = draft.subnets.find(isV6);
  return {
    name: draft.name,
    colour: draft.colour ?? '',
    tenant: draft.tenant ?? '',
    vlan: draft.vlan === null ? '' : String(draft.vlan),
    driver: draft.driver,
    mode: draft.mode,
    mtu: draft.mtu === undefined ? '' : String(draft.mtu),
    subnet: four?.subnet ?? '',
    gateway: four?.gateway ?? '',
    subnet6: six?.subnet ?? '',
    gateway6: six?.gateway ?? '',
    more: furtherSubnets(draft).map((each) => ({ subnet: each.subnet, gateway: each.gateway ?? '' })),
    internal: draft.internal,
    options: draft.options ?? {},
    reserved: draft.reserved,
  };
};

const emptyShared: Shared = {
  name: '',
  colour: '',
  tenant: '',
  vlan: '',
  driver: 'macvlan',
  mode: networkModes.macvlan[0],
  mtu: '',
  subnet: '',
  gateway: '',
  subnet6: '',
  gateway6: '',
  more: [],
  internal: false,
  options: {},
  reserved: [],
};

/** The first colour that no segment has yet. */
const freeColour = (plan: readonly Segment[]): string =>
  segmentSwatches.find((colour) => plan.every((segment) => segment.colour !== colour)) ??
  segmentSwatches[plan.length % segmentSwatches.length] ??
  '';

type World = Pick<Snapshot, 'engines' | 'networks'>;

/** A segment is made on every host that answers, unless the admin says otherwise. */
const newHosts = ({ engines, networks }: World): HostForm[] =>
  orderEngines(engines).map(({ id, state }) => ({
    ...emptyHost(id),
    chosen: state === 'online',
    nic: seenNics(id, networks)[0] ?? '',
  }));

/**
 * Hosts by the names that the text has for them. What it says of none in particular is for the first that has no other,
 * the next such for the second: one range can't serve two. Of others it says nothing: they are left for the admin to choose.
 */
function importedHosts({ hosts }: ImportedSegment, world: World): HostForm[] {
  const nameOf = (host: HostForm) => world.engines.find((each) => each.id === host.engineId)?.name;
  const nameless = hosts.filter((each) => each.hostName === '');
  const [usual] = nameless;
  return newHosts(world).map((host) => {
    const named = hosts.find((each) => each.hostName !== '' && each.hostName === nameOf(host));
    const own = named ?? (host.chosen ? nameless.shift() : undefined);
    if (own) return hostOf(own, host.engineId);
    const nic = usual?.parentNic ?? host.nic;
    return { ...host, chosen: false, nic, networkName: usual?.networkName ?? '' };
  });
}

/**
 * What ticking a host changes in it: the first host that is ticked gets what an imported text says of no host in
 * particular, its range and exclusions too.
 */
export function tickedHost(
  hosts: readonly HostForm[],
  engineId: string,
  from: ImportedSegment | undefined,
): Partial<HostForm> {
  const usual = from?.hosts.find((each) => each.hostName === '');
  if (!usual || hosts.some((host) => host.chosen && host.engineId !== engineId)) return { chosen: true };
  return hostOf(usual, engineId);
}

const memberHosts = (segment: Segment): HostForm[] =>
  segment.members.map((member) => hostOf(member, member.engineId));

/** A host keeps its range as long as that is inside the subnet, and else another is found: the plan's to say. */
const editedHosts = (segment: Segment): HostForm[] =>
  memberHosts(segment).map((host) => ({ ...host, ipRange: null, ipRange6: null }));

function addedHost(segment: Segment, purpose: Extract<SegmentPurpose, { kind: 'add-host' }>, world: World) {
  const free = orderEngines(world.engines).filter(
    (engine) => engine.state === 'online' && segment.members.every((each) => each.engineId !== engine.id),
  );
  const engineId = purpose.engineId ?? free[0]?.id ?? '';
  const nic = purpose.nic ?? guessNic(segment, engineId, world.networks);
  return { ...emptyHost(engineId), chosen: true, nic };
}

/** The form's first contents; null when the segment is gone. */
export function initialForm(
  purpose: SegmentPurpose,
  plan: readonly Segment[],
  world: World,
): SegmentForm | null {
  if (purpose.kind === 'create') {
    const { from } = purpose;
    const colour = freeColour(plan);
    if (!from) return { ...emptyShared, colour, hosts: newHosts(world) };
    const shared = sharedOf(from.segment);
    return { ...shared, colour: shared.colour || colour, hosts: importedHosts(from, world) };
  }
  if (purpose.kind === 'adopt') {
    const shared = sharedOf(purpose.segment);
    return { ...shared, colour: shared.colour || freeColour(plan), hosts: memberHosts(purpose.segment) };
  }
  const segment = plan.find((each) => each.id === purpose.segmentId);
  if (!segment) return null;
  const hosts = purpose.kind === 'edit' ? editedHosts(segment) : [addedHost(segment, purpose, world)];
  return { ...sharedOf(segment), hosts };
}

/** Texts that can't be sent as they are. Keys of the form's texts, by field. */
export function formErrors(form: SegmentForm): Partial<Record<'name' | 'vlan' | 'mtu' | 'hosts', string>> {
  const vlan = form.vlan.trim();
  const mtu = form.mtu.trim();
  const whole = (text: string, least: number, most: number) =>
    /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return {
    ...(form.name.trim() ? {} : { name: 'nameMissing' }),
    ...(form.name.trim().length > 60 ? { name: 'nameLong' } : {}),
    ...(vlan === '' || whole(vlan, 1, 4094) ? {} : { vlan: 'vlanWrong' }),
    ...(mtu === '' || whole(mtu, 68, 65_535) ? {} : { mtu: 'mtuWrong' }),
    ...(form.hosts.some((host) => host.chosen) ? {} : { hosts: 'hostsMissing' }),
  };
}

const subnet = (text: string, gateway: string): SegmentSubnet => ({
  subnet: text.trim(),
  ...(gateway.trim() ? { gateway: gateway.trim() } : {}),
});

/** The segment that the form stands for. Only of a form without {@link formErrors}. */
export const draftOf = (form: SegmentForm): SegmentDraft => ({
  name: form.name.trim(),
  ...(/^#[0-9a-f]{6}$/i.test(form.colour) ? { colour: form.colour.toLowerCase() } : {}),
  ...(form.tenant.trim() ? { tenant: form.tenant.trim() } : {}),
  vlan: form.vlan.trim() === '' ? null : Number(form.vlan),
  subnets: [
    subnet(form.subnet, form.gateway),
    ...(form.subnet6.trim() ? [subnet(form.subnet6, form.gateway6)] : []),
    ...form.more.filter((each) => each.subnet.trim()).map((each) => subnet(each.subnet, each.gateway)),
  ],
  driver: form.driver,
  mode: form.mode,
  ...(form.mtu.trim() ? { mtu: Number(form.mtu) } : {}),
  reserved: form.reserved
    .filter((range) => range.from.trim() || range.to.trim())
    // A single address is its own last.
    .map((range) => ({ ...range, to: range.to.trim() || range.from })),
  ...(form.internal === undefined ? {} : { internal: form.internal }),
  ...(Object.keys(form.options).length > 0 ? { options: form.options } : {}),
});

const optional = <K extends string>(key: K, text: string | null): { [key in K]?: string } =>
  text?.trim() ? ({ [key]: text.trim() } as { [key in K]?: string }) : {};

/** What is of a subnet that is no longer in the form goes with it. */
const insideOf = (ranges: readonly string[], subnets: readonly { subnet: string }[]): string[] =>
  ranges.filter((text) => {
    const range = parseCidr(text);
    return subnets.some((one) => {
      const subnet = parseCidr(one.subnet.trim());
      return subnet !== null && range !== null && containsCidr(subnet, range);
    });
  });

const choiceOf = (host: HostForm, more: SegmentForm['more']): HostChoice => ({
  engineId: host.engineId,
  parentNic: host.nic.trim(),
  ...optional('parent', host.parent),
  ...optional('networkName', host.networkName),
  ...optional('ipRange', host.ipRange),
  ...optional('ipRange6', host.ipRange6),
  ...(insideOf(host.moreRanges, more).length > 0 ? { moreRanges: insideOf(host.moreRanges, more) } : {}),
  ...(Object.keys(host.exclusions).length > 0 ? { exclusions: host.exclusions } : {}),
});

/** The request that the form stands for; null while it has errors of its own. */
export function requestOfForm(form: SegmentForm, purpose: SegmentPurpose): SegmentRequest | null {
  if (Object.keys(formErrors(form)).length > 0) return null;
  const segment = draftOf(form);
  const hosts = form.hosts.filter((host) => host.chosen).map((host) => choiceOf(host, form.more));
  switch (purpose.kind) {
    case 'create':
      return { kind: 'create', segment, hosts };
    case 'edit':
      return { kind: 'edit', segmentId: purpose.segmentId, segment, hosts };
    case 'add-host':
      return hosts[0] ? { kind: 'add-host', segmentId: purpose.segmentId, host: hosts[0] } : null;
    case 'adopt':
      return { kind: 'adopt', segment: { ...purpose.segment, ...segment } };
  }
}
