import type { Sample } from './inspect';

/** What may be more at the end than at the beginning: a share of it, and an amount besides. */
interface Allowance {
  share: number;
  amount: number;
}

const MB = 1024 * 1024;

/**
 * What a leak is told by. Handles and listeners are counted, so a handful is noise (a request under way); heaps hold
 * what is kept on purpose and in bounds: the change log's last thousand, an hour of traffic, compiled code.
 */
const allowed: Record<string, Allowance> = {
  heap: { share: 0.1, amount: 6 * MB },
  buffers: { share: 0, amount: 6 * MB },
  sockets: { share: 0, amount: 6 },
  timers: { share: 0, amount: 6 },
  handles: { share: 0, amount: 10 },
  listeners: { share: 0.05, amount: 60 },
  nodes: { share: 0.1, amount: 400 },
};

export interface Verdict {
  what: string;
  before: number;
  during: number;
  after: number;
  /** The most that `after` may be; null for what is only shown. */
  limit: number | null;
  grew: boolean;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/** Medians of each measure, compared. `where` names the process. */
export function judge(
  where: string,
  { before, during, after }: Record<'before' | 'during' | 'after', readonly Sample[]>,
): Verdict[] {
  return Object.keys(before[0] ?? {}).map((name) => {
    const of = (samples: readonly Sample[]) => median(samples.map((each) => each[name] ?? NaN));
    const start = of(before);
    const allowance = allowed[name];
    const limit = allowance ? start * (1 + allowance.share) + allowance.amount : null;
    const end = of(after);
    return {
      what: `${where} ${name}`,
      before: start,
      during: of(during),
      after: end,
      limit,
      grew: limit !== null && !(end <= limit),
    };
  });
}

const shown = (what: string, value: number | null): string => {
  if (value === null) return '–';
  return /heap|buffers|rss/.test(what) ? `${(value / MB).toFixed(1)} MB` : String(Math.round(value));
};

/** The verdicts as a table. */
export function table(verdicts: readonly Verdict[]): string {
  const rows = [
    ['', 'before', 'during', 'after', 'limit', ''],
    ...verdicts.map(({ what, before, during, after, limit, grew }) => [
      what,
      ...[before, during, after, limit].map((value) => shown(what, value)),
      grew ? 'GREW' : '',
    ]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(width(0)) : cell.padStart(width(at)))).join('  '),
    )
    .join('\n');
}
