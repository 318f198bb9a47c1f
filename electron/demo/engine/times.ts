const ZERO = '0001-01-01T00:00:00Z';

/** RFC 3339 with the engine's nanoseconds; its zero time for 0. @param ms milliseconds since the epoch */
export const goTime = (ms: number): string =>
  ms === 0 ? ZERO : new Date(ms).toISOString().replace('Z', '000000Z');

/** Steps of the engine's words for a duration: below so many seconds, in units of so many. */
const steps: readonly [limit: number, unit: number, word: string][] = [
  [3600, 60, 'minutes'],
  [48 * 3600, 3600, 'hours'],
  [14 * 86400, 86400, 'days'],
  [60 * 86400, 7 * 86400, 'weeks'],
  [730 * 86400, 30 * 86400, 'months'],
];

/** The engine's rough words for a duration, `About an hour`. @param ms milliseconds */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  if (seconds < 120) return 'About a minute';
  const hours = Math.round(seconds / 3600);
  if (seconds >= 3600 && hours === 1) return 'About an hour';
  const step = steps.find(([limit]) => seconds < limit);
  if (!step) return `${Math.floor(seconds / (365 * 86400))} years`;
  const [, unit, word] = step;
  return `${word === 'hours' ? hours : Math.floor(seconds / unit)} ${word}`;
}
