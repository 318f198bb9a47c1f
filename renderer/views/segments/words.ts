import type { TFunction } from 'i18next';
import type { SegmentRecord, SegmentRequest, Snapshot } from '../../../shared/model';
import { hostName, shortId } from '../../../shared/rules';
import { findContainer } from '../../store/inventory';
import { addressText } from '../change/words';

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
    case 'edit':
      return t(request.reconcile ? 'titles.reconcile' : 'titles.edit', { segment });
    default:
      return t(`titles.${request.kind}`, { segment, host });
  }
}

/** The addresses that an attach asked for, or else those that it got, which the hosts' lists tell by then. */
export function attachedAddress({ request, hosts }: SegmentRecord, { containers }: Snapshot): string {
  if (request.kind !== 'attach') return '';
  const asked = addressText(request);
  const connect = hosts.flatMap(({ steps }) => steps).findLast((step) => step.op === 'connect');
  if (asked || connect?.op !== 'connect') return asked;
  const endpoint = containers
    .find((one) => one.engineId === request.engineId && one.id === request.containerId)
    ?.endpoints.find((one) => one.networkName === connect.networkName);
  return addressText({
    ipv4: endpoint?.ipv4 || endpoint?.pinned4,
    ipv6: endpoint?.ipv6 || endpoint?.pinned6,
  });
}

export const recordTitle = (t: Translate, record: SegmentRecord, snapshot: Snapshot): string =>
  requestTitle(t, record.request, record.segmentName, snapshot);
