import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ProblemError, type SegmentImport } from '../../../shared/model';
import { problem, type ImportSource } from '../../../shared/rules';

/** Reads a text into drafts for segments. */
export type Importer = (source: ImportSource) => Promise<SegmentImport>;

interface ImportLimits {
  /** Milliseconds that one text may take, the start of its thread included. */
  ms: number;
  /** MiB of memory that its thread may have. */
  memory: number;
  /** Texts that wait while one is read. */
  waiting: number;
}

const usual: ImportLimits = { ms: 20_000, memory: 512, waiting: 8 };

const refused = (context: 'slow' | 'busy'): ProblemError =>
  new ProblemError(problem('import_unreadable', { context }, { field: 'text' }));

/**
 * Reads each text in a thread of its own, so that all else goes on meanwhile; one after the other, as each may fill a
 * core. A text that takes too long or too much memory ends with its thread.
 *
 * @param codeFile the thread's program, one CommonJS file. It is read here and handed over as text: this process reads
 *   from a packaged app's archive in any case, a thread need not.
 */
export function importInThread(codeFile: string, limits: ImportLimits = usual): Importer {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (source) => {
    if (waiting > limits.waiting) throw refused('busy');
    waiting += 1;
    const reading = last.then(() => readInThread(codeFile, source, limits));
    last = reading.catch(() => undefined);
    try {
      return await reading;
    } finally {
      waiting -= 1;
    }
  };
}

async function readInThread(
  codeFile: string,
  source: ImportSource,
  { ms, memory }: ImportLimits,
): Promise<SegmentImport> {
  const code = await readFile(codeFile, 'utf8');
  const worker = new Worker(code, {
    eval: true,
    workerData: source,
    // Nothing of the process is needed there.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const ended = new Promise<SegmentImport>((resolve, reject) => {
    const timer = setTimeout(() => reject(refused('slow')), ms);
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refused('slow') : error),
    );
    // Of no use after the others; alone it is a thread that said nothing.
    worker.once('exit', (status) => {
      clearTimeout(timer);
      reject(new Error(`The thread that reads a text ended with ${String(status)}.`));
    });
  });
  try {
    return await ended;
  } finally {
    await worker.terminate();
  }
}
