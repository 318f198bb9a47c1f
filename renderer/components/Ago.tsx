import { formatAgo, formatDateTime } from '../format';
import { useLanguage } from '../i18n';
import { useNow } from './use-now';

/** `3 minutes ago`, kept true; the exact time on hover. `at` in milliseconds since the epoch. */
export function Ago({ at }: { at: number }) {
  const language = useLanguage();
  const now = useNow(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at, language)}>
      {formatAgo(at, now, language)}
    </time>
  );
}
