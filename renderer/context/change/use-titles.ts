import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isOfPolicy, isOfSegment, type ChangeRecord, type Snapshot } from '../../../shared/model';
import { requestTitle } from './segment-words';
import { changeTitle, guardTitle } from './words';

type Titled = Pick<ChangeRecord, 'request' | 'hosts' | 'segment' | 'segmentBefore'>;

export type TitleOf = (change: Titled, now: Snapshot) => string;

/** Says in words what a change of whatever kind does: `Attach web to lan10`. */
export function useTitles(): TitleOf {
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  return useCallback(
    ({ request, hosts, segment, segmentBefore }, now) => {
      const steps = hosts.flatMap((host) => host.steps);
      // One that was given another name is known by the one that it had.
      const known = segmentBefore ?? segment;
      if (request.kind === 'guard') return guardTitle(t, request);
      if (isOfSegment(request)) return requestTitle(segments, request, known?.name ?? '', steps, now);
      return changeTitle(t, request, steps, now);
    },
    [t, segments],
  );
}

/** What a change does, and on which host, where its title names none. */
export function useWhere(): TitleOf {
  const { t } = useTranslation('change');
  const titleOf = useTitles();
  return useCallback(
    (record, now) => {
      const { request, hosts } = record;
      const title = titleOf(record, now);
      const [only] = hosts;
      if (!only || isOfSegment(request) || isOfPolicy(request)) return title;
      return title + t('onHost', { host: only.engineName });
    },
    [t, titleOf],
  );
}
