import type { Engine, Problem, Segment, SegmentDraft, SegmentMember } from '../../model';
import { hostName } from '../engines/engines';
import { problem } from '../../texts/messages';
import { sameSite, siteOf } from '../lans/site';
import { memberParent } from './segment-spec';

type Members = Pick<SegmentDraft, 'vlan'> & {
  members: readonly Pick<SegmentMember, 'engineId' | 'parentNic' | 'parent'>[];
};

function sitesOfMembers(segment: Members, engines: readonly Engine[]) {
  return segment.members.map((member) => {
    const engine = engines.find((one) => one.id === member.engineId);
    return { member, site: engine && siteOf(memberParent(segment, member), engine) };
  });
}

/**
 * Where a segment is: the one site that all of its hosts are said to be at. Undefined where one is at none, or they differ:
 * such a segment shares with every place.
 */
export function siteOfSegment(segment: Members, engines: readonly Engine[]): string | undefined {
  const [first, ...others] = sitesOfMembers(segment, engines).map(({ site }) => site);
  return first !== undefined && others.every((site) => site !== undefined && sameSite(site, first))
    ? first
    : undefined;
}

/** The first two members that are said to be at different sites: no one LAN reaches both. */
export function sitesApart(
  segment: Members,
  engines: readonly Engine[],
): { host: string; site: string; other: string; otherSite: string; engineId: string } | null {
  const told = sitesOfMembers(segment, engines).flatMap(({ member, site }) =>
    site === undefined ? [] : [{ member, site }],
  );
  const [first] = told;
  const apart = first && told.find(({ site }) => !sameSite(site, first.site));
  if (!apart) return null;
  return {
    host: hostName(apart.member.engineId, engines),
    site: apart.site,
    other: hostName(first.member.engineId, engines),
    otherSite: first.site,
    engineId: apart.member.engineId,
  };
}

/** A segment is one LAN: hosts of two sites are not on one. `field` names what chose the host. */
export function siteProblems(
  segment: Segment,
  engines: readonly Engine[],
  field: 'host' | 'hosts' | 'segment.members',
): Problem[] {
  const apart = sitesApart(segment, engines);
  if (!apart) return [];
  const { engineId, ...params } = apart;
  return [problem('segment_sites_differ', { ...params, segment: segment.name }, { field, engineId })];
}
