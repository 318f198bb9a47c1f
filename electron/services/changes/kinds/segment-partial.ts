import type { HostResult, Segment, SegmentRequest } from '../../../../shared/model';

/**
 * The segment in the plan when only some hosts are done and the admin keeps those: made on those hosts only, or still on
 * those that did not let it go. An edit is planned whole: hosts that did not follow show as drifted. A host that was left
 * out because its engine is off the list is not planned for, and is no reason to keep a segment that was to go.
 */
export function partialSegment(
  request: SegmentRequest,
  before: Segment | null,
  planned: Segment | null,
  results: readonly HostResult[],
): Segment | null {
  const done = new Set(results.filter((each) => each.state === 'done').map((each) => each.engineId));
  if (request.kind === 'create-segment' && planned) {
    return { ...planned, members: planned.members.filter((one) => done.has(one.engineId)) };
  }
  const left = new Set(results.filter((each) => each.state === 'left').map((each) => each.engineId));
  if (request.kind === 'add-segment-host' && planned && left.has(request.host.engineId)) {
    return { ...planned, members: planned.members.filter((one) => !left.has(one.engineId)) };
  }
  if (request.kind === 'delete-segment' && before) {
    const members = before.members.filter((one) => !done.has(one.engineId) && !left.has(one.engineId));
    return members.length > 0 ? { ...before, members } : null;
  }
  return planned;
}
