import { isDeepStrictEqual } from 'node:util';
import {
  ProblemError,
  type HostResult,
  type Problem,
  type Segment,
  type SegmentRecord,
} from '../../../shared/model';
import { problem, reason } from '../../../shared/texts';
import type { EngineClient } from '../../docker';
import { failureOf } from '../changes/endings';
import { heirsOf, keptHeirs } from '../changes/heirs';
import { differences, exceptionsIn, takePictures } from '../changes/pictures';
import { isLost } from '../changes/walk';
import type { Run } from '../journal';
import { partialSegment } from './partial';
import type { PlanFile } from './plan-file';
import type { HostsOutcome } from './run-hosts';
import { interruptedRecord, type SegmentEntry, type SegmentLog } from './segment-log';

interface EndingsContext {
  plan: PlanFile;
  log: SegmentLog;
  client(engineId: string): EngineClient;
  now(): number;
  who: string;
  onRecord(record: SegmentRecord): void;
}

/** Brings the plan up to how a segment change ended, and writes that down. */
export class Endings {
  constructor(private readonly context: EndingsContext) {}

  async settle(entry: SegmentEntry, outcome: HostsOutcome): Promise<SegmentRecord> {
    const { record, before, after: planned } = entry;
    if (outcome.open && entry.run) throw await this.open({ ...entry, run: entry.run }, outcome);
    const done = outcome.results.filter((each) => each.state === 'done');
    if (!outcome.ok && done.length === 0) {
      const lost = outcome.results.some((each) => each.state === 'rollback-failed');
      const state = lost ? ('failed' as const) : ('rolled-back' as const);
      const back = lost ? {} : await this.exceptions(entry.pictures);
      const ended = { ...record, hosts: outcome.results, state, ...back };
      await this.record({ record: ended, inverse: null, before, after: before, ...remade(entry) });
      throw failure(outcome);
    }
    const whole = outcome.ok && leftOut(outcome).size === 0;
    const after = whole ? planned : partialSegment(record.request, before, planned, outcome.results);
    await this.plan(record.segmentId, after);
    const ended: SegmentRecord = {
      ...record,
      hosts: outcome.results,
      state: whole ? 'applied' : 'partial',
      undoable: outcome.inverse !== null,
    };
    const { pictures } = entry;
    const left = outcome.inverse && (await this.left(done));
    return this.record({
      record: ended,
      inverse: outcome.inverse,
      before,
      after,
      ...(pictures ? { pictures } : {}),
      ...(left ? { left } : {}),
      ...remade(entry),
    });
  }

  /** @param recovered how the rest of an undo ended that was cut off */
  async undone(entry: SegmentEntry, recovered?: HostsOutcome): Promise<SegmentRecord> {
    const { before, after } = entry;
    if (!isDeepStrictEqual(before, after)) await this.plan(entry.record.segmentId, before);
    const record = recovered ? withHosts(entry.record, recovered, 'rolled-back') : entry.record;
    const { pictures, left: _left, run: _run, ...rest } = entry;
    const done = { at: this.context.now(), who: this.context.who };
    const back = { undone: done, ...(await this.exceptions(pictures)) };
    return this.record({
      ...rest,
      record: { ...record, state: 'undone', undoable: false, ...back },
      inverse: null,
      ...remade(entry),
    });
  }

  /** What was being undone, and stands again. */
  async standing({ run, ...entry }: SegmentEntry, outcome: HostsOutcome): Promise<SegmentRecord> {
    const { before, after } = entry;
    const left = leftOut(outcome);
    // How far a host was taken back that is left as it is, nobody knows.
    const inverse = entry.inverse?.filter((job) => !left.has(job.engineId)) ?? null;
    if (!isDeepStrictEqual(before, after)) await this.plan(entry.record.segmentId, after);
    const record = withHosts(entry.record, outcome, 'done');
    const state = left.size > 0 ? ('partial' as const) : ('applied' as const);
    const stands = { ...record, state, undoable: inverse !== null };
    return this.record({ ...entry, inverse, record: stands, ...remade({ ...entry, run }) });
  }

  /** What was cut off, and is as if it had never been: in the plan, too. */
  async back(entry: SegmentEntry, outcome: HostsOutcome): Promise<SegmentRecord> {
    const { record, before, after } = entry;
    if (!isDeepStrictEqual(before, after)) await this.plan(record.segmentId, before);
    const back = await this.exceptions(entry.pictures);
    const ended: SegmentRecord = { ...record, hosts: outcome.results, state: 'rolled-back', ...back };
    return this.record({ record: ended, inverse: null, before, after: before, ...remade(entry) });
  }

  /** A run that can be gone on with. Gives what to tell whoever asked. */
  async open(entry: SegmentEntry & { run: Run }, outcome: HostsOutcome): Promise<ProblemError> {
    await this.record({ ...entry, record: interruptedRecord(entry.record, entry.run, outcome.results) });
    const at = outcome.results.find((each) => each.problem);
    const { engineName = '', engineId = '' } = at ?? {};
    const cause = at?.problem ?? problem('internal', { detail: reason('no_reason') });
    const lost = isLost(new ProblemError(cause)) || cause.code === 'rollback_failed';
    const ended = { ok: false as const, problem: cause, rolledBack: false };
    return failureOf({ engineId, engineName }, lost ? { ...ended, open: true } : ended);
  }

  /** What undoing is compared with later. A host that is lost right now says nothing, and was well a moment ago. */
  private async left(hosts: readonly HostResult[]) {
    const taken = await Promise.allSettled(
      hosts.map(async ({ engineId, steps }) => {
        const found = await takePictures(this.context.client(engineId), steps);
        return found.map((each) => ({ ...each, engineId }));
      }),
    );
    return taken.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  }

  private async exceptions(pictures: SegmentEntry['pictures'] = []) {
    return exceptionsIn(await differences((engineId) => this.context.client(engineId), pictures));
  }

  private plan(segmentId: string, segment: Segment | null): Promise<void> {
    const now = this.context.plan.get(segmentId) ?? null;
    return isDeepStrictEqual(now, segment) ? Promise.resolve() : this.context.plan.set(segmentId, segment);
  }

  async record(entry: SegmentEntry): Promise<SegmentRecord> {
    await this.context.log.write(entry);
    this.context.onRecord(entry.record);
    return entry.record;
  }
}

/** With what was known before: of one that is undone, both its making and its undoing count. */
const remade = ({ record, heirs = [], run }: SegmentEntry): Pick<SegmentEntry, 'heirs'> =>
  keptHeirs([...heirs, ...(run ? heirsOf(run, record.hosts) : [])]);

const leftOut = ({ results }: HostsOutcome): Set<string> =>
  new Set(results.filter((each) => each.state === 'left').map((each) => each.engineId));

/** With the change's own steps: the run's take it back where it was being undone. */
function withHosts(record: SegmentRecord, outcome: HostsOutcome, state: HostResult['state']): SegmentRecord {
  const left = leftOut(outcome);
  const hosts = record.hosts.map(({ engineId, engineName, steps }): HostResult => ({
    ...{ engineId, engineName, steps },
    state: left.has(engineId) ? 'left' : state,
  }));
  return { ...record, hosts };
}

/** The first host's own problem, and whether all is as before: `params.rolledBack` is 1 or 0. */
export function failure({ results }: HostsOutcome): ProblemError {
  const first =
    results.find((each) => each.state === 'rollback-failed') ?? results.find((each) => each.problem);
  const rolledBack = results.every((each) => each.state !== 'rollback-failed');
  const found: Problem = first?.problem ?? problem('internal', { detail: reason('no_reason') });
  return new ProblemError({
    ...found,
    engineId: found.engineId ?? first?.engineId,
    params: { ...found.params, host: first?.engineName ?? '', rolledBack: rolledBack ? 1 : 0 },
  });
}
