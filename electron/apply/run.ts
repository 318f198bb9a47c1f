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

/** The engines, once each has answered or is known not to. */
function answered({ invoke, subscribe }: Console, patienceMs: number): Promise<Engine[]> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const end = subscribe((name) => name === 'inventory.delta' && look(false));
    const timer = setTimeout(() => look(true), patienceMs);
    const look = (last: boolean) => {
      valueOf(invoke, 'inventory.get', {}).then(({ engines, containers }) => {
        const connecting = engines.some(({ state }) => state === 'connecting');
        const unread = containers.some(
          ({ detail, engineId }) =>
            !detail && engines.some((one) => one.id === engineId && one.state === 'online'),
        );
        if (settled || ((connecting || unread) && !last)) return;
        settled = true;
        end();
        clearTimeout(timer);
        resolve(engines);
      }, reject);
    };
    look(false);
  });
}
