import type { Segment, SegmentRequest } from '../../../../shared/model';

/** The hosts whose facts matter: where something is made, or an address chosen. */
export function enginesOf(request: SegmentRequest, plan: readonly Segment[]): string[] {
  const segment = 'segmentId' in request ? plan.find((each) => each.id === request.segmentId) : undefined;
  const members = segment?.members.map((each) => each.engineId) ?? [];
  switch (request.kind) {
    case 'create-segment':
      return [...new Set(request.hosts.map((each) => each.engineId))];
    case 'add-segment-host':
      return [...new Set([...members, request.host.engineId])];
    case 'attach-to-segment':
      return [...new Set([...members, request.engineId])];
    case 'edit-segment':
      return members;
    default:
      return [];
  }
}
