import type { TFunction } from 'i18next';
import type { SegmentRecord, SegmentRequest, Snapshot } from '../../../shared/model';
import { hostName, shortId } from '../../../shared/rules';
import { findContainer } from '../../store/inventory';

type Translate = TFunction<'segments'>;

const hostOf = (request: SegmentRequest): string | undefined => {
  if (request.kind === 'add-host') return request.host.engineId;
  return 'engineId' in request ? request.engineId : undefined;
};

/** A segment request in words: `Make iot on 2 hosts`. */
export function requestTitle(
  t: Translate,
  request: SegmentRequest,
  segment: string,
  snapshot: Snapshot,
): string {
  const engineId = hostOf(request) ?? '';
  const host = hostName(engineId, snapshot.engines);
  switch (request.kind) {
    case 'create':
      return t('titles.create', { segment, count: request.hosts.length });
    case 'attach': {
      const container =
        findContainer(snapshot, engineId, request.containerId)?.name ?? shortId(request.containerId);
      return t('titles.attach', { container, segment });
    }
    default:
      return t(`titles.${request.kind}`, { segment, host });
  }
}

export const recordTitle = (t: Translate, record: SegmentRecord, snapshot: Snapshot): string =>
  requestTitle(t, record.request, record.segmentName, snapshot);
