import type { TFunction } from 'i18next';
import type { SegmentRequest, Snapshot, Step } from '../../../shared/model';
import { namesIn } from './words';

type Translate = TFunction<'segments'>;

const hostOf = (request: SegmentRequest): string | undefined => {
  if (request.kind === 'add-segment-host') return request.host.engineId;
  return 'engineId' in request ? request.engineId : undefined;
};

/** A segment request in words: `Make iot on 2 hosts`. */
export function requestTitle(
  t: Translate,
  request: SegmentRequest,
  segment: string,
  steps: readonly Step[],
  ...snapshots: Snapshot[]
): string {
  const engineId = hostOf(request) ?? '';
  const of = namesIn(steps, snapshots, engineId);
  const { host } = of;
  switch (request.kind) {
    case 'create-segment':
      return t('titles.create-segment', { segment, count: request.hosts.length });
    case 'attach-to-segment': {
      const container = of.container(request.containerId);
      return t('titles.attach-to-segment', { container, segment });
    }
    case 'edit-segment':
      return t(request.reconcile ? 'titles.reconcile' : 'titles.edit-segment', { segment });
    default:
      return t(`titles.${request.kind}`, { segment, host });
  }
}
