import type { Engine } from '../../shared/model';
import { applyPlan, exitStatus, statusOf, type Outcome } from './apply';
import { valueOf, type Invoke } from './invoke';
import { BadFileError, readWanted } from './read-wanted';

/** A console to work with. */
export interface Console {
  invoke: Invoke;
  subscribe(listener: (name: string) => void): () => void;
  dispose(): Promise<void>;
}

export interface RunOptions {
  /** Path of the file. */
  file: string;
  dryRun: boolean;
  /** Opened once the file is read: a bad one touches nothing. */
  open(): Promise<Console>;
  say(line: string): void;
  /** What is wrong with the file. */
  complain(line: string): void;
  /** How long engines are waited for that neither answer nor refuse, milliseconds. */
  patienceMs?: number;
}

/** An engine over SSH may take so long to refuse. */
const usualPatienceMs = 30_000;

const plural = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

function lastLine({ changed, differing, failed }: Outcome, dryRun: boolean): string {
  const parts = [
    ...(changed > 0 ? [`${plural(changed, 'change', 'changes')} made`] : []),
    ...(differing > 0 ? [`${plural(differing, 'thing differs', 'things differ')} from the file`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(dryRun ? ['nothing was changed'] : []),
  ];
  if (failed + differing === 0) parts.unshift('all is in step');
  return `${parts.join('; ')}.`.replace(/^a/, 'A');
}

/** Reads the file and brings the engines to it. Gives what the process is to end with. */
export async function runApply(options: RunOptions): Promise<number> {
  try {
    const plan = await readWanted(options.file);
    const console = await options.open();
    try {
      const engines = await answered(console, options.patienceMs ?? usualPatienceMs);
      const outcome = await applyPlan(plan, engines, { ...options, invoke: console.invoke });
      options.say(lastLine(outcome, options.dryRun));
      return statusOf(outcome);
    } finally {
      await console.dispose();
    }
  } catch (error) {
    if (!(error instanceof BadFileError)) throw error;
    options.complain(error.message);
    return exitStatus.badFile;
  }
}

/** Whether there is nothing more to wait for: each engine has answered or is known not to, and is read with all on its host. */
async function isRead(invoke: Invoke): Promise<boolean> {
  const { engines, containers } = await valueOf(invoke, 'inventory.get', {});
  const online = new Set(engines.flatMap(({ id, state }) => (state === 'online' ? [id] : [])));
  const policies = await valueOf(invoke, 'policies.list', {});
  return (
    engines.every(({ state }) => state !== 'connecting') &&
    containers.every(({ detail, engineId }) => detail !== null || !online.has(engineId)) &&
    policies.every(({ state, engineId }) => state !== 'pending' || !online.has(engineId))
  );
}

/** The engines, once all is read, or those that are slow were waited for long enough. */
async function answered({ invoke, subscribe }: Console, patienceMs: number): Promise<Engine[]> {
  await new Promise<void>((resolve, reject) => {
    const over = () => {
      end();
      clearTimeout(timer);
      resolve();
    };
    const look = () => void isRead(invoke).then((read) => read && over(), reject);
    const end = subscribe((name) => /^(?:inventory\.delta|policies\.changed)$/.test(name) && look());
    const timer = setTimeout(over, patienceMs);
    look();
  });
  return (await valueOf(invoke, 'inventory.get', {})).engines;
}
