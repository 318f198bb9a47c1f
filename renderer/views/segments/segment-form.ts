import type {
  HostChoice,
  ImportedSegment,
  Network,
  ReservedRange,
  Segment,
  SegmentDraft,
  SegmentSubnet,
  Snapshot,
} from '../../../shared/model';
import { furtherSubnets, networkModes, orderEngines } from '../../../shared/rules';
import { guessNic, guessNicsOfNewSegment, lanOf, type Lan } from '../../graph';
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

/** The first colour that neither a segment has nor a LAN in the picture; of those that all are taken, the rarest. */
function freeColour(plan: readonly Segment[], lans: readonly Lan[]): string {
  const taken = [
    ...plan.map(({ colour }) => colour?.toLowerCase()),
    ...lans.map(({ hue }) => segmentSwatches[hue]),
  ];
  const uses = (colour: string) => taken.filter((each) => each === colour).length;
  const least = Math.min(...segmentSwatches.map(uses));
  return segmentSwatches.find((colour) => uses(colour) === least) ?? '';
}

/** The colour in which the picture has a segment's networks already, so that it stays; undefined where it has none. */
function shownColour(
  { members }: Segment,
  networks: readonly Network[],
  lans: readonly Lan[],
): string | undefined {
  const own = networks.filter(({ engineId, name }) =>
    members.some((member) => member.engineId === engineId && member.networkName === name),
  );
  const [lan] = own.flatMap((network) => lanOf(lans, network) ?? []);
  return lan && segmentSwatches[lan.hue];
}

type World = Pick<Snapshot, 'engines' | 'networks'>;

/** A segment is made on every host that answers, unless the admin says otherwise. */
function newHosts(world: World): HostForm[] {
  const nics = guessNicsOfNewSegment(world);
  return orderEngines(world.engines).map(({ id, state }) => ({
    ...emptyHost(id),
    chosen: state === 'online',
    nic: nics.get(id) ?? '',
  }));
}

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

/**
 * The form's first contents; null when the segment is gone.
 *
 * @param lans those of the picture
 */
export function initialForm(
  purpose: SegmentPurpose,
  plan: readonly Segment[],
  world: World,
  lans: readonly Lan[] = [],
): SegmentForm | null {
  if (purpose.kind === 'create') {
    const { from } = purpose;
    const colour = freeColour(plan, lans);
    if (!from) return { ...emptyShared, colour, hosts: newHosts(world) };
    const shared = sharedOf(from.segment);
    return { ...shared, colour: shared.colour || colour, hosts: importedHosts(from, world) };
  }
  const coloured = (segment: Segment): Shared => {
    const shared = sharedOf(segment);
    return { ...shared, colour: shared.colour || (shownColour(segment, world.networks, lans) ?? '') };
  };
  if (purpose.kind === 'adopt') {
    const shared = coloured(purpose.segment);
    const colour = shared.colour || freeColour(plan, lans);
    return { ...shared, colour, hosts: memberHosts(purpose.segment) };
  }
  const segment = plan.find((each) => each.id === purpose.segmentId);
  if (!segment) return null;
  // By another subnet or VLAN it would else have another colour.
  if (purpose.kind === 'edit') return { ...coloured(segment), hosts: editedHosts(segment) };
  return { ...sharedOf(segment), hosts: [addedHost(segment, purpose, world)] };
}
