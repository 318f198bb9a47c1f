import {
  ProblemError,
  type ChangeRecord,
  type Snapshot,
  type Step,
  type TakenPicture,
} from '../../../shared/model';
import { atHost, problem, problemReason, recordedEndpoint } from '../../../shared/rules';
import type { Run } from '../journal';
import { keptHeirs, type Heir } from './heirs';
import { interruptedRecord } from './change-log';
import type { ChangesContext } from './context';
import { differences, exceptionsIn, takePictures } from './pictures';
import type { Outcome } from './run';

type Failed = Extract<Outcome, { ok: false }>;

/** The addresses that the engine shows after the last connect. */
function confirmedAddresses(
  engineId: string,
  steps: readonly Step[],
  snapshot: Snapshot,
): Pick<ChangeRecord, 'ipv4' | 'ipv6'> {
  const step = steps.findLast((each) => each.op === 'connect');
  if (step?.op !== 'connect') return {};
  const here = snapshot.networks.filter((each) => each.engineId === engineId);
  // A network that was made in this very change, or anew since, has another id than the step tells.
  const network =
    here.find((each) => each.id === step.networkId) ?? here.find((each) => each.name === step.networkName);
  const container = snapshot.containers.find(
    (each) => each.id === step.containerId && each.engineId === engineId,
  );
  const endpoint = container && network && recordedEndpoint(container, network);
  const ipv4 = endpoint?.ipv4 || endpoint?.pinned4;
  const ipv6 = endpoint?.ipv6 || endpoint?.pinned6;
  return { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) };
}

/** The addresses that a change of address is about to replace. */
export function addressesBefore(
  request: ChangeRecord['request'],
  snapshot: Snapshot,
): Pick<ChangeRecord, 'before'> {
  if (request.kind !== 'readdress') return {};
  const { engineId, containerId, networkId } = request;
  const here = <T extends { engineId: string; id: string }>(list: readonly T[], id: string) =>
    list.find((each) => each.engineId === engineId && each.id === id);
  const [container, network] = [here(snapshot.containers, containerId), here(snapshot.networks, networkId)];
  const endpoint = container && network && recordedEndpoint(container, network);
  const ipv4 = endpoint?.ipv4 || endpoint?.pinned4;
  const ipv6 = endpoint?.ipv6 || endpoint?.pinned6;
  return ipv4 || ipv6 ? { before: { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) } } : {};
}

/**
 * What to tell whoever asked for a change that failed. Says to scripts and to the window whether the engine is as it was:
 * `params.rolledBack` is 1 or 0.
 */
export function failureOf(
  { engineId, engineName }: Pick<ChangeRecord, 'engineId' | 'engineName'>,
  outcome: Failed,
): ProblemError {
  const { rolledBack, open } = outcome;
  const cause = atHost(outcome.problem, engineName);
  const told = open
    ? {
        ...problem(
          'change_interrupted',
          { context: 'lost', host: engineName, detail: cause.message },
          { engineId },
        ),
        reasons: { detail: problemReason(cause) },
        ...(cause.engineText ? { engineText: cause.engineText } : {}),
      }
    : cause;
  return new ProblemError({
    ...told,
    params: { host: engineName, ...told.params, rolledBack: rolledBack ? 1 : 0 },
  });
}

const kept = (pictures?: TakenPicture[], left?: TakenPicture[]) => ({
  ...(pictures && pictures.length > 0 ? { pictures } : {}),
  ...(left && left.length > 0 ? { left } : {}),
});

/** Writes down how a change ended, and tells it once that is on disk. */
export class ChangeEndings {
  constructor(
    private readonly context: Pick<
      ChangesContext,
      'snapshot' | 'client' | 'log' | 'onRecord' | 'now' | 'who'
    >,
  ) {}

  async applied(
    record: ChangeRecord,
    outcome: Extract<Outcome, { ok: true }>,
    pictures?: TakenPicture[],
  ): Promise<ChangeRecord> {
    const left = outcome.inverse && (await this.left(record));
    return this.record(
      {
        ...record,
        state: 'applied',
        undoable: outcome.inverse !== null,
        ...confirmedAddresses(record.engineId, record.steps, this.context.snapshot()),
        ...(outcome.networkId ? { networkId: outcome.networkId } : {}),
      },
      outcome.inverse,
      pictures,
      left ?? undefined,
    );
  }

  /** What undoing is compared with later. An engine that is lost right now says nothing, and was well a moment ago. */
  private async left({ engineId, steps }: ChangeRecord): Promise<TakenPicture[]> {
    try {
      return await takePictures(this.context.client(engineId), steps);
    } catch {
      return [];
    }
  }

  /** Gives what to tell whoever asked. */
  async failed(
    record: ChangeRecord,
    run: Run,
    outcome: Failed,
    pictures: TakenPicture[] = [],
  ): Promise<ProblemError> {
    if (outcome.open) return this.open(record, null, run, outcome, pictures);
    const failure = failureOf(record, outcome);
    const state = outcome.rolledBack ? 'rolled-back' : 'failed';
    const back = outcome.rolledBack ? await this.exceptions(pictures) : {};
    await this.record({ ...record, state, problem: failure.problem, ...back }, null);
    return failure;
  }

  /** An undo that ended halfway: the change neither stands as it was applied nor is undone. Gives what to tell. */
  async undoFailed(record: ChangeRecord, outcome: Failed): Promise<ProblemError> {
    const failure = failureOf(record, outcome);
    const { problem } = failure;
    await this.record({ ...record, state: 'failed', problem, undoable: false, wasUndoing: true }, null);
    return failure;
  }

  /** A run that can be gone on with failed. Gives what to tell. */
  async open(
    record: ChangeRecord,
    inverse: Step[] | null,
    run: Run,
    outcome: Failed,
    pictures?: TakenPicture[],
    left?: TakenPicture[],
  ): Promise<ProblemError> {
    const open = interruptedRecord({ ...record, problem: atHost(outcome.problem, record.engineName) }, run);
    await this.context.log.write({ record: open, inverse, run, ...kept(pictures, left) });
    this.context.onRecord(open);
    return failureOf(record, outcome);
  }

  /** Taken back: says in what the engine is not as it was. */
  async takenBack(
    record: ChangeRecord,
    state: 'undone' | 'rolled-back',
    pictures: TakenPicture[] = [],
    heirs: Heir[] = [],
  ): Promise<ChangeRecord> {
    const undone = state === 'undone' ? { undone: { at: this.context.now(), who: this.context.who } } : {};
    const back = { ...undone, ...(await this.exceptions(pictures)) };
    return this.record({ ...record, state, undoable: false, ...back }, null, undefined, undefined, heirs);
  }

  private async exceptions(pictures: readonly TakenPicture[]) {
    return exceptionsIn(await differences((engineId) => this.context.client(engineId), pictures));
  }

  async record(
    record: ChangeRecord,
    inverse: Step[] | null,
    pictures?: TakenPicture[],
    left?: TakenPicture[],
    heirs: Heir[] = [],
  ): Promise<ChangeRecord> {
    await this.context.log.write({ record, inverse, ...kept(pictures, left), ...keptHeirs(heirs) });
    this.context.onRecord(record);
    return record;
  }
}
