import type { ChangePreview, Notice } from '../../../shared/model';

/** What stood in a request, and what stands there now. */
type Edit = readonly [before: unknown, now: unknown];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What names an entry of a list, whatever place it has there. */
const namesIn = ['engineId', 'name', 'id', 'subnet', 'address', 'from'] as const;

/**
 * Lists whose entries have names, by those: one that was taken out of the middle makes nothing of what follows it another.
 * Null where entries have no names of their own; the order tells then.
 */
function byName(list: readonly unknown[]): Record<string, unknown> | null {
  const isText = (each: unknown) => typeof each === 'string';
  if (list.every(isText)) return keyed(list, (each) => String(each));
  const name = namesIn.find((key) => list.every((each) => isObject(each) && isText(each[key])));
  return name ? keyed(list, (each) => String((each as Record<string, unknown>)[name])) : null;
}

function keyed(list: readonly unknown[], nameOf: (each: unknown) => string): Record<string, unknown> | null {
  const named = new Map(list.map((each) => [`=${nameOf(each)}`, each]));
  return named.size === list.length ? Object.fromEntries(named) : null;
}

/** What is there but once, and stands in the place of what was taken out, is that in other words: one was written over. */
function paired(before: Record<string, unknown>, now: Record<string, unknown>): Record<string, unknown> {
  const out = Object.keys(before).filter((key) => !Object.hasOwn(now, key));
  const added = Object.keys(now).filter((key) => !Object.hasOwn(before, key));
  if (out.length !== added.length) return now;
  const keyOf = (key: string) => out[added.indexOf(key)] ?? key;
  return Object.fromEntries(Object.entries(now).map(([key, value]) => [keyOf(key), value]));
}

/** The parts of two values that are to be compared with each other. */
function partsOf(before: object, now: object): [Record<string, unknown>, Record<string, unknown>] {
  const lists = Array.isArray(before) && Array.isArray(now);
  const [from, to] = lists ? [byName(before), byName(now)] : [null, null];
  if (from && to) return [from, paired(from, to)];
  return [before as Record<string, unknown>, now as Record<string, unknown>];
}

const keysOf = (...objects: object[]): string[] => [...new Set(objects.flatMap((one) => Object.keys(one)))];

const noEdits: readonly Edit[] = [];

/** Whether two values are equal, but for edits. Of requests, plans and notices: plain data without circles. */
export function isSame(before: unknown, now: unknown, edits = noEdits): boolean {
  if (before === now || edits.some(([from, to]) => isSame(from, before) && isSame(to, now))) return true;
  if (!isObject(before) || !isObject(now)) return false;
  return keysOf(before, now).every((key) => isSame(before[key], now[key], edits));
}

function partEdits(before: object, now: object): Edit[] {
  const [from, to] = partsOf(before, now);
  return keysOf(from, to).flatMap((key) => editsOf(from[key], to[key]));
}

/** All that was edited. Not a switch by itself: `true` for `false` would speak of whatever else was switched. */
function editsOf(before: unknown, now: unknown): Edit[] {
  if (isSame(before, now)) return [];
  if (isObject(before) && isObject(now)) return [[before, now], ...partEdits(before, now)];
  return typeof before === 'boolean' || typeof now === 'boolean' ? [] : [[before, now]];
}

const stepsOf = ({ hosts }: ChangePreview) => hosts.map(({ engineId, steps }) => ({ engineId, steps }));

/** What is a warning about one value is news about another: that `.77` answers to somebody who knew it of `.3`. */
const isRead = (
  { notices = [] }: Pick<ChangePreview, 'notices'>,
  { severity, code, params }: Notice,
  edits: readonly Edit[],
): boolean =>
  notices.some(
    (each) =>
      each.code === code &&
      each.severity === severity &&
      isSame(each.params, params, severity === 'info' ? edits : noEdits),
  );

/**
 * Whether whoever has read `before` learns nothing from `now`: the same steps on the same hosts and the same segment in the
 * plan, but for what the admin has written since, and no notice that was not there.
 */
export function toldBefore(before: ChangePreview, now: ChangePreview): boolean {
  if (now.problems.length > 0) return false;
  const edits = editsOf(before.request, now.request);
  return (
    isSame(stepsOf(before), stepsOf(now), edits) &&
    isSame(before.segment, now.segment, edits) &&
    (now.notices ?? []).every((notice) => isRead(before, notice, edits)) &&
    now.hosts.every((plan) => {
      const read = before.hosts.find(({ engineId }) => engineId === plan.engineId);
      return read !== undefined && plan.notices.every((notice) => isRead(read, notice, edits));
    })
  );
}
