import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type ChangePreview, type HostPlan, type Notice } from '../../../shared/model';
import { planProblems, problem } from '../../../shared/rules';
import type { Kept } from './change-log';
import type { Planned } from './kind';
import { jobOf, placeOf } from './run-hosts';

/** What a warning says, however it is worded. */
const said = ({ code, params: { hosts: _hosts, ...params } }: Notice) => ({ code, params });

/** The hosts that a warning joins. */
const joined = ({ params: { hosts } }: Notice): string[] => String(hosts ?? '').split(', ');

/** Whether all that one warns of was said by the other: of fewer hosts is none that is new. */
const isWithin = (one: Notice, other: Notice): boolean =>
  isDeepStrictEqual(said(one), said(other)) && joined(one).every((host) => joined(other).includes(host));

const warningsOf = ({ notices = [] }: Pick<ChangePreview, 'notices'>): Notice[] =>
  notices.filter(({ severity }) => severity === 'warning');

const isNew = (each: Notice, before: readonly Notice[]): boolean =>
  !before.some((one) => isWithin(each, one));

/** The hosts of which something is warned now that was not when the admin read the preview. */
function newlyWarned(now: readonly HostPlan[], shown: readonly HostPlan[]): HostPlan[] {
  return now.filter((host) => {
    const before = shown.filter(({ engineId }) => engineId === host.engineId).flatMap(warningsOf);
    return warningsOf(host).some((each) => isNew(each, before));
  });
}

/**
 * The engines went on while the admin looked at the preview: what would be done now must be what was shown, and what it
 * comes to must be what was warned of. What is only told, and what is warned of no more, keeps nobody from it.
 *
 * @throws ProblemError `change_stale`, or what stands in its way now
 */
export function checkStillTrue(now: Planned, preview: ChangePreview, kept: Kept | undefined): void {
  const [wrong] = planProblems(now);
  if (wrong) throw new ProblemError(wrong);
  const same = isDeepStrictEqual(now.hosts.map(jobOf), preview.hosts.map(jobOf));
  // Also as it was: another change may have written to it meanwhile what this one would take back.
  if (same && !isDeepStrictEqual(now.kept?.before, kept?.before)) {
    const name = now.kept?.name ?? kept?.name ?? '';
    throw new ProblemError(problem('change_stale', { context: 'kept', name }));
  }
  if (!same || !isDeepStrictEqual(now.kept, kept)) {
    const host = preview.hosts.map((one) => one.engineName).join(', ');
    throw new ProblemError(problem('change_stale', { host }, placeOf(preview.hosts)));
  }
  const warned = newlyWarned(now.hosts, preview.hosts);
  const whole = warningsOf(now).some((each) => isNew(each, warningsOf(preview)));
  if (warned.length === 0 && !whole) return;
  if (warned.length === 0) throw new ProblemError(problem('change_stale', { context: 'warned' }));
  const host = warned.map((one) => one.engineName).join(', ');
  throw new ProblemError(problem('change_stale', { context: 'warning', host }, placeOf(warned)));
}
