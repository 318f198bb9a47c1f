import {
  ProblemError,
  type ChangeRecord,
  type ChangeRequest,
  type Engine,
  type Problem,
  type WantedPlan,
} from '../../shared/model';
import { visible } from '../../shared/rules';
import { unexpected } from '../../shared/texts';
import { HostError } from './hosts';
import { valueOf, type Invoke } from './invoke';
import { previewLines, problemLine, requestLine } from './lines';
import { subjectsOf, type Subject } from './subjects';

export interface ApplyOptions {
  invoke: Invoke;
  /** What would be done is said, and nothing is. */
  dryRun: boolean;
  /** One line of what is said. */
  say(line: string): void;
}

/** How many changes were made, how many things are otherwise than in the file, and how many could not be brought to it. */
export interface Outcome {
  changed: number;
  differing: number;
  failed: number;
}

/** What the process ends with; one that can't read its file ends with 3. */
export const exitStatus = { inStep: 0, failed: 1, differs: 2, badFile: 3 } as const;

export const statusOf = ({ failed, differing }: Outcome): number =>
  failed > 0 ? exitStatus.failed : differing > 0 ? exitStatus.differs : exitStatus.inStep;

/**
 * Brings the engines and the console's plan to what a file says, one thing after the other, by changes that are planned,
 * logged and undoable like those of the window. What fails keeps nothing else from being done. Never rejects for that.
 */
export async function applyPlan(
  plan: WantedPlan,
  engines: readonly Engine[],
  options: ApplyOptions,
): Promise<Outcome> {
  const outcome: Outcome = { changed: 0, differing: 0, failed: 0 };
  for (const subject of subjectsOf(plan, engines, options.invoke)) {
    options.say(visible(subject.title));
    try {
      await (options.dryRun ? show(subject, options, outcome) : bring(subject, options, outcome));
    } catch (error) {
      outcome.failed += 1;
      if (error instanceof ProblemError) options.say(problemLine(error.problem));
      else if (error instanceof HostError) options.say(`    ✗ ${visible(error.message)}`);
      else throw error;
    }
  }
  return outcome;
}

const ask = (request: ChangeRequest, { invoke }: ApplyOptions) =>
  valueOf(invoke, 'change.preview', { request });

async function show(subject: Subject, options: ApplyOptions, outcome: Outcome): Promise<void> {
  const { requests, waits, then } = await subject.next();
  if (waits) options.say(`    ! ${visible(waits)}`);
  if (requests.length === 0 && !then && !waits) return options.say('  in step');
  const [first, ...others] = requests;
  const preview = first && (await ask(first, options));
  for (const line of preview ? previewLines(preview) : []) options.say(line);
  // Those after it stand on what it makes, so that nobody can plan them yet.
  for (const request of others) options.say(`  then ${requestLine(request)}`);
  if (then) options.say(`  ${then.says}`);
  if (preview && preview.problems.length > 0) outcome.failed += 1;
  else outcome.differing += 1;
}

async function bring(subject: Subject, options: ApplyOptions, outcome: Outcome): Promise<void> {
  const asked = new Set<string>();
  for (;;) {
    const { requests, waits, then } = await subject.next();
    const [request] = requests;
    if (waits) {
      options.say(`    ! ${visible(waits)}`);
      outcome.differing += 1;
      return;
    }
    if (request) {
      // The engines were brought to it, and show something else all the same: once more would be no better.
      if (asked.has(JSON.stringify(request))) return otherwise(options, outcome);
      asked.add(JSON.stringify(request));
      await change(request, options, outcome);
    } else if (then) {
      if (asked.has(then.says)) return otherwise(options, outcome);
      asked.add(then.says);
      options.say(`  ${then.says}`);
      await then.run();
      outcome.changed += 1;
      options.say('    done');
    } else return options.say('  in step');
  }
}

function otherwise({ say }: ApplyOptions, outcome: Outcome): void {
  outcome.failed += 1;
  say('    ✗ That was done, and it still differs from the file: look at it in the console.');
}

/** What is to be done, told. @throws ProblemError of the first thing in its way */
async function shown(request: ChangeRequest, options: ApplyOptions): Promise<string> {
  const preview = await ask(request, options);
  const { problems } = preview;
  for (const line of previewLines({ ...preview, problems: problems.slice(1) })) options.say(line);
  if (problems[0]) throw new ProblemError(problems[0]);
  return preview.id;
}

/** Nobody reads a preview here: where only more is warned of by now, that is told, and it goes on. */
async function applied(request: ChangeRequest, options: ApplyOptions): Promise<ChangeRecord> {
  const apply = (id: string) => valueOf(options.invoke, 'change.apply', { id, by: 'command-line' });
  const id = await shown(request, options);
  try {
    return await apply(id);
  } catch (error) {
    if (!(error instanceof ProblemError) || !warnsOnly(error.problem)) throw error;
    return apply(await shown(request, options));
  }
}

const warnsOnly = ({ code, params }: Problem): boolean =>
  code === 'change_stale' && ['warning', 'warned'].includes(String(params?.context));

/** @throws ProblemError where it is refused, or was not done on every host */
async function change(request: ChangeRequest, options: ApplyOptions, outcome: Outcome): Promise<void> {
  const record = await applied(request, options);
  const { state, hosts, stranded = [], unwritten, unsaved } = record;
  for (const told of [...stranded, unwritten, unsaved]) if (told) options.say(problemLine(told));
  if (state !== 'applied') throw new ProblemError(whyNot(hosts) ?? unexpected(new Error(state)));
  outcome.changed += 1;
  options.say('    done');
}

const whyNot = (hosts: readonly { problem?: Problem | undefined }[]): Problem | undefined =>
  hosts.find((host) => host.problem)?.problem;
