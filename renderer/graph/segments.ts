import type { SegmentView, Snapshot } from '../../shared/model';
import { membersOf } from '../../shared/rules';
import { fnv, hueCount, keyOf } from './lans';
import type { Hue, SegmentTag } from './model';

/** Segments as the picture shows them, and the colours beyond the palette's own: hue `hueCount + i` is `colours[i]`. */
export interface SegmentTags {
  tags: SegmentTag[];
  colours: string[];
}

export const noTags: SegmentTags = { tags: [], colours: [] };

/** A segment without a colour has one of the palette's by its id, so that it is the same everywhere. */
const hueOf = (id: string, colour: string | undefined, swatches: readonly string[], more: string[]): Hue => {
  if (!colour) return fnv(id) % hueCount;
  const own = swatches.indexOf(colour.toLowerCase());
  if (own >= 0) return own;
  if (!more.includes(colour)) more.push(colour);
  return hueCount + more.indexOf(colour);
};

/**
 * @param swatches the palette's colours that a segment may be given, lower case: they stand for hues, and so follow the
 * theme; any other colour is taken as it is
 */
export function tagSegments(views: readonly SegmentView[], swatches: readonly string[]): SegmentTags {
  const colours: string[] = [];
  const tags = views.map(({ segment, members }): SegmentTag => ({
    id: segment.id,
    name: segment.name,
    vlan: segment.vlan,
    tenant: segment.tenant ?? '',
    hue: hueOf(segment.id, segment.colour, swatches, colours),
    chosen: Boolean(segment.colour),
    members: members.flatMap(({ engineId, networkId }) =>
      networkId === null ? [] : [{ engineId, networkId }],
    ),
  }));
  return { tags, colours };
}

/** `engine/network` of every member of these tenants' segments. */
export const tenantNetworks = (
  tags: readonly SegmentTag[],
  tenants: readonly string[],
): ReadonlySet<string> =>
  new Set(
    tags
      .filter((tag) => tenants.includes(tag.tenant))
      .flatMap((tag) => tag.members.map((each) => `${each.engineId}/${each.networkId}`)),
  );

/** What the tenants' containers are on, and nothing else of theirs: the filter by tenant. Empty filters nothing. */
export function keepTenants(
  snapshot: Snapshot,
  tags: readonly SegmentTag[],
  tenants: readonly string[],
): Snapshot {
  if (tenants.length === 0) return snapshot;
  const kept = tenantNetworks(tags, tenants);
  const networks = snapshot.networks.filter((network) => kept.has(keyOf(network)));
  const on = new Set(
    networks.flatMap((network) => membersOf(network, snapshot).map(({ container }) => container)),
  );
  return { ...snapshot, networks, containers: snapshot.containers.filter((each) => on.has(each)) };
}
