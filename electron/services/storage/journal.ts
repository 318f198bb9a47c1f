import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { stepSchema, type Step } from '../../../shared/model';
import { makesNetwork } from '../../../shared/rules';

/** A step that was done: what takes it back, and the id of a network that it made. */
export const doneSchema = z.object({
  /** Null when nothing takes it back. */
  inverse: stepSchema.nullable(),
  networkId: z.string().optional(),
});
export type Done = z.infer<typeof doneSchema>;

/** A call that was about to be sent when this was written down: it may have been carried out, or not. */
export const doubtSchema = z.object({
  /** Index of the step. */
  at: z.number().int().nonnegative(),
  /** It was to take the step back, not to do it. */
  back: z.boolean(),
  /** What takes it back; of a network to be made the id is not known yet, and empty. */
  inverse: stepSchema.nullable(),
  /** What was there before and is therefore not of its making: ids of networks with its name, or of its attachment; when its container was last started. */
  existing: z.array(z.string()),
});
export type Doubt = z.infer<typeof doubtSchema>;

/** Where a list of steps stands on one engine: the first `done.length` are done, with `doubt` about one more call. */
export const hostRunSchema = z.object({
  engineId: z.string(),
  engineName: z.string(),
  steps: z.array(stepSchema),
  done: z.array(doneSchema).default([]),
  doubt: doubtSchema.nullable().default(null),
  /** Ids of the networks that it made, on the way forth or back, and has not removed again, by name. */
  made: z.record(z.string(), z.string()).optional(),
  /** The steps that were taken back, each as what took it back: once that is done, `done` tells of it no more. */
  back: z.array(stepSchema).optional(),
});
export type HostRun = z.infer<typeof hostRunSchema>;

/** A change on its way, on all of its hosts. A record that has one is not settled. */
export const runSchema = z.object({
  kind: z.enum(['apply', 'undo']),
  /** Whose console works on it, see `owner.ts`. */
  owner: z.string(),
  hosts: z.array(hostRunSchema),
});
export type Run = z.infer<typeof runSchema>;

const about = {
  /** Of the record. */
  id: z.string(),
  /** Index among the run's hosts. */
  host: z.number().int().nonnegative(),
};
const call = { at: z.number().int().nonnegative(), back: z.boolean() };

/** A line between two states of a record: how its run went on. */
export const noteSchema = z.discriminatedUnion('note', [
  /** Before the call: on disk before the engine hears of it. */
  z.object({ note: z.literal('try'), ...about, ...doubtSchema.shape }),
  z.object({ note: z.literal('done'), ...about, ...call, networkId: z.string().optional() }),
  /** It surely had no effect. */
  z.object({ note: z.literal('missed'), ...about, ...call }),
]);
export type Note = z.infer<typeof noteSchema>;

const withId = (inverse: Step | null, networkId: string | undefined): Step | null =>
  inverse?.op === 'remove-network' && networkId ? { ...inverse, networkId } : inverse;

/** The id of the network of that name that a run has made on a host; undefined where it has made none. */
export const madeAs = (name: string, { made = {} }: Pick<HostRun, 'made'>): string | undefined =>
  Object.hasOwn(made, name) ? made[name] : undefined;

/** What a run has made, and not removed again, once a step is done. */
function madeAfter(step: Step, networkId: string | undefined, before: HostRun['made']): HostRun['made'] {
  if (makesNetwork(step) && networkId) return { ...before, [step.networkName]: networkId };
  if (step.op !== 'remove-network' || !before) return before;
  const { [step.networkName]: _, ...rest } = before;
  return rest;
}

/** Whether what a call was to do is done, or taken back, already: then its note was written before. */
const isRepeated = ({ done }: HostRun, { at, back }: Pick<Doubt, 'at' | 'back'>): boolean =>
  back ? at >= done.length : at < done.length;

/**
 * Brings a run up to a note. Notes that were written twice, as a disk that was full may leave them, count once: each
 * names the call that it is about.
 */
export function foldNote(run: Run, note: Note): void {
  const host = run.hosts[note.host];
  if (!host) return;
  if (note.note === 'try') {
    if (isRepeated(host, note)) return;
    const { at, back, inverse, existing } = note;
    host.doubt = { at, back, inverse, existing };
    return;
  }
  const { doubt } = host;
  if (!doubt || doubt.at !== note.at || doubt.back !== note.back) return;
  host.doubt = null;
  if (note.note === 'missed') return;
  const { networkId } = note;
  const step = doubt.back ? host.done[doubt.at]?.inverse : host.steps[doubt.at];
  if (step) host.made = madeAfter(step, networkId, host.made);
  if (doubt.back) {
    const known = host.back ?? [];
    if (step && !known.some((each) => isDeepStrictEqual(each, step))) host.back = [...known, step];
    host.done.length = doubt.at;
  } else {
    host.done.push({ inverse: withId(doubt.inverse, networkId), ...(networkId ? { networkId } : {}) });
  }
}

/** Writes down how a run goes, ahead of it, and keeps it up to that. */
export class RunJournal {
  constructor(
    readonly id: string,
    readonly run: Run,
    /** `must`: rejects when it is not on disk. */
    private readonly write: (note: Note, must: boolean) => Promise<void> = () => Promise.resolve(),
  ) {}

  host(index: number): HostRun {
    const found = this.run.hosts[index];
    if (!found) throw new Error(`this run has no host ${index}`);
    return found;
  }

  /** Resolves when it is on disk. With `must` it rejects otherwise, and then the call must not be made. */
  async trying(index: number, doubt: Doubt, must: boolean): Promise<void> {
    const note: Note = { note: 'try', id: this.id, host: index, ...doubt };
    await this.write(note, must).catch((error: unknown) => {
      if (must) throw error;
    });
    foldNote(this.run, note);
  }

  /** What became of the call in doubt. Need not wait for the disk: the next try does. */
  settled(index: number, outcome: 'done' | 'missed', networkId?: string): void {
    const { doubt } = this.host(index);
    if (!doubt) return;
    const { at, back } = doubt;
    const about = { id: this.id, host: index, at, back };
    const note: Note =
      outcome === 'missed'
        ? { note: 'missed', ...about }
        : { note: 'done', ...about, ...(networkId ? { networkId } : {}) };
    foldNote(this.run, note);
    void this.write(note, false).catch(() => undefined);
  }
}

/** A run that is at its beginning on every host. */
export const newRun = (
  kind: Run['kind'],
  owner: string,
  jobs: readonly { engineId: string; engineName: string; steps: Step[] }[],
): Run => ({
  kind,
  owner,
  hosts: jobs.map(({ engineId, engineName, steps }) => ({
    engineId,
    engineName,
    steps,
    done: [],
    doubt: null,
  })),
});
