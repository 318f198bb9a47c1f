import type { Network, NetworkSpec, Segment, SegmentDraft, SegmentMember } from '../../model';
import { parseCidr } from '../cidr';

/** On every network that Trunkline makes for a segment: the segment's id. */
export const SEGMENT_LABEL = 'io.trunkline.segment';

/** The subnet of an address family, of a segment or of a network. */
export function subnetOf<S extends { subnet: string }>(
  { subnets }: { subnets: readonly S[] },
  version: 4 | 6,
): S | undefined {
  return subnets.find((one) => parseCidr(one.subnet)?.version === version);
}

/** The interface that a member's network stands on: the NIC, or its VLAN link. */
export function memberParent(
  segment: Pick<SegmentDraft, 'vlan'>,
  member: Pick<SegmentMember, 'parentNic' | 'parent'>,
): string {
  if (member.parent) return member.parent;
  // `.10` alone would be called a bad name, where none was given.
  if (member.parentNic === '') return '';
  return segment.vlan === null ? member.parentNic : `${member.parentNic}.${String(segment.vlan)}`;
}

/**
 * The name that a network gets when nobody says otherwise: the segment's, as engines can take it. They take Latin letters
 * only; a name without any gives that of the VLAN, so that two such segments don't clash.
 */
export function networkNameFor({ name, vlan }: Pick<SegmentDraft, 'name' | 'vlan'>): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '');
  return plain || (vlan === null ? 'segment' : `vlan${String(vlan)}`);
}

/** The network to make for a member. */
export function specFor(segment: Segment, member: SegmentMember): NetworkSpec {
  const four = subnetOf(segment, 4);
  const six = subnetOf(segment, 6);
  return {
    name: member.networkName,
    driver: segment.driver,
    parent: memberParent(segment, member),
    mode: segment.mode,
    subnet: four?.subnet ?? '',
    ...(four?.gateway ? { gateway: four.gateway } : {}),
    ...(member.ipRange ? { ipRange: member.ipRange } : {}),
    ...(six ? { subnet6: six.subnet } : {}),
    ...(six?.gateway ? { gateway6: six.gateway } : {}),
    ...(six && member.ipRange6 ? { ipRange6: member.ipRange6 } : {}),
    exclusions: [],
    internal: false,
    labels: { [SEGMENT_LABEL]: segment.id },
  };
}

/** What a planned network is known by until the engine has given it an id; no engine's id looks like this. */
export const plannedId = (name: string): string => `planned:${name}`;

/** The network that a spec would make, as the inventory would show it. */
export function plannedNetwork(spec: NetworkSpec, engineId: string): Network {
  const { name, driver, parent, mode, internal, subnet, subnet6, gateway, gateway6, ipRange, ipRange6 } =
    spec;
  const exclusions = Object.fromEntries(
    spec.exclusions.map((one, index) => [`excluded${String(index + 1)}`, one]),
  );
  return {
    id: plannedId(name),
    engineId,
    name,
    driver,
    kind: driver,
    scope: 'local',
    internal,
    attachable: false,
    ingress: false,
    ipv6: subnet6 !== undefined,
    configOnly: false,
    ipamDriver: 'default',
    subnets: [
      { subnet, exclusions, ...(gateway ? { gateway } : {}), ...(ipRange ? { ipRange } : {}) },
      ...(subnet6
        ? [
            {
              subnet: subnet6,
              exclusions: {},
              ...(gateway6 ? { gateway: gateway6 } : {}),
              ...(ipRange6 ? { ipRange: ipRange6 } : {}),
            },
          ]
        : []),
    ],
    parent,
    mode,
    options: {},
    labels: spec.labels ?? {},
    created: '',
  };
}
