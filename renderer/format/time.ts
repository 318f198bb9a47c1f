import { numberFormat } from './numbers';

const formats = new Map<string, Intl.DateTimeFormat>();

const dateFormat = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, options);
  formats.set(key, made);
  return made;
};

/** `14:03:27` in local time. `at` in milliseconds since the epoch. */
export const formatClock = (at: number, language: string, seconds = true): string =>
  dateFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(at);

/** `4 Mar 2026, 14:03:27` as the language writes it. */
export const formatDateTime = (at: number, language: string): string =>
  dateFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' } as const).format(at);

const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** Chinese as the rest of the window writes it: `12 秒`, where Intl writes `12秒`. */
const spaced = (text: string): string => text.replace(/(\d)(?=\p{Script=Han})/gu, '$1 ');

/** `3 minutes ago`. Both in milliseconds since the epoch. */
export function formatAgo(at: number, now: number, language: string): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const step = steps.find((each) => seconds >= each.seconds) ?? steps[3];
  const past = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return spaced(past.format(-Math.floor(seconds / step.seconds), step.unit));
}

/** `18 min`, `3 hr`, `5 days`: what lies between, in the largest unit, rounded down. Milliseconds since the epoch. */
export function formatSpan(from: number, to: number, language: string): string {
  const seconds = Math.max(0, Math.floor((to - from) / 1000));
  const step = steps.find((each) => seconds >= each.seconds) ?? steps[3];
  const { format } = numberFormat(language, { style: 'unit', unit: step.unit, unitDisplay: 'short' });
  return spaced(format(Math.floor(seconds / step.seconds)));
}

/** ISO text of the engine to milliseconds; null for empty text and for the engine's own zero, year 1. */
export function parseEngineTime(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) || at <= 0 ? null : at;
}
