import { useEffect, useState } from 'react';
import { formatAgo, formatDateTime } from '../format';
import { useLanguage } from '../i18n';

/** How often it is told anew, milliseconds. */
const every = 5_000;

/** `3 minutes ago`, kept true; the exact time on hover. `at` in milliseconds since the epoch. */
export function Ago({ at }: { at: number }) {
  const language = useLanguage();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatDateTime(at, language)}>
      {formatAgo(at, now, language)}
    </time>
  );
}
