import type { ChangePreview, HostPlan, Notice } from '../../../shared/model';

/** What stood in a request, and what stands there now. */
type Edit = readonly [before: unknown, now: unknown];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const keysOf = (...objects: object[]): string[] => [...new Set(objects.flatMap((one) => Object.keys(one)))];

const noEdits: readonly Edit[] = [];

/** Whether two values are equal, but for edits. Of requests, plans and notices: plain data without circles. */
function isSame(before: unknown, now: unknown, edits = noEdits): boolean {
  if (before === now || edits.some(([from, to]) => isSame(from, before) && isSame(to, now))) return true;
  if (!isObject(before) || !isObject(now)) return false;
  return keysOf(before, now).every((key) => isSame(before[key], now[key], edits));
}

/** All that was edited. Not a switch by itself: `true` for `false` would speak of whatever else was switched. */
function editsOf(before: unknown, now: unknown): Edit[] {
  if (isSame(before, now)) return [];
  if (isObject(before) && isObject(now))
    return [[before, now], ...keysOf(before, now).flatMap((key) => editsOf(before[key], now[key]))];
  return typeof before === 'boolean' || typeof now === 'boolean' ? [] : [[before, now]];
}

const stepsOf = ({ hosts }: ChangePreview) => hosts.map(({ engineId, steps }) => ({ engineId, steps }));

/** What is a warning about one value is news about another: that `.77` answers to somebody who knew it of `.3`. */
const isRead = ({ notices }: HostPlan, { severity, code, params }: Notice, edits: readonly Edit[]): boolean =>
  notices.some(
    (each) =>
      each.code === code &&
      each.severity === severity &&
      isSame(each.params, params, severity === 'info' ? edits : noEdits),
  );

/**
 * Whether whoever has read `before` learns nothing from `now`: the same steps on the same hosts, but for what the admin has
 * written since, and no notice that was not there.
 */
export function toldBefore(before: ChangePreview, now: ChangePreview): boolean {
  if (now.problems.length > 0) return false;
  const edits = editsOf(before.request, now.request);
  return (
    isSame(stepsOf(before), stepsOf(now), edits) &&
    now.hosts.every((plan) => {
      const read = before.hosts.find(({ engineId }) => engineId === plan.engineId);
      return read !== undefined && plan.notices.every((notice) => isRead(read, notice, edits));
    })
  );
}
