import { useTranslation } from 'react-i18next';
import type { Container, ContainerDetail, ContainerState } from '../../shared/model';
import { isLive } from '../../shared/rules';
import { formatAgo, formatDateTime, formatSpan, parseEngineTime } from '../format';
import { useLanguage } from '../i18n';
import { useNow } from './use-now';

/** Since when it is as it is, milliseconds since the epoch; null where its engine does not say. */
function sinceOf(state: ContainerState, detail: ContainerDetail): number | null {
  if (isLive({ state })) return parseEngineTime(detail.startedAt);
  return parseEngineTime(detail.finishedAt);
}

function Told({ state, detail }: { state: Exclude<ContainerState, 'unknown'>; detail: ContainerDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = sinceOf(state, detail);
  const now = useNow(at ?? 0);
  const timeless = state === 'created' || state === 'removing';
  if (at === null && !timeless) return <>{t(`states.${state}`)}</>;
  const from = at ?? now;
  const words = {
    span: formatSpan(from, now, language),
    ago: formatAgo(from, now, language),
    code: detail.exitCode,
  };
  const runs = state === 'running';
  return (
    <span title={at === null ? undefined : formatDateTime(at, language)}>
      {[
        t(`since.${state}`, words),
        runs && detail.health && t(`health.${detail.health}`),
        detail.restartCount > 0 && t('restarts', { count: detail.restartCount }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

interface Props {
  container: Container;
  /** Its host does not answer: time goes by, but for what is not known. */
  stale?: boolean;
}

/** `up for 18 min · healthy`: how a container is and since when, kept true while time goes by. */
export function Since({ container: { state, detail }, stale = false }: Props) {
  const { t } = useTranslation();
  if (stale) return <>{t('lastKnown', { what: t(`states.${state}`) })}</>;
  if (!detail || state === 'unknown') return <>{t(`states.${state}`)}</>;
  return <Told state={state} detail={detail} />;
}
