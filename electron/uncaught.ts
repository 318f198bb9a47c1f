import { inspect } from 'node:util';
import { visible } from '../shared/rules';

/** One line of it is enough to find the place; the rest of a stack is not worth a log that others must read. */
function lineOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? String(error)) : inspect(error, { depth: 1 });
  const [words = '', place = ''] = text.split('\n', 2);
  return visible(`${words.slice(0, 500)}${place ? ` (${place.trim().slice(0, 200)})` : ''}`);
}

/** Lines in a row; what fails all the time must not fill the disk. Then one for each `mostLines`-th. */
const mostLines = 100;

/**
 * The last net: what nobody caught is told in one line, and the console goes on for all others. A mistake in what belongs to one
 * engine must not take away the rest. Whoever reads the output may go away, too: that is none.
 *
 * @param write puts a line into the log; what it throws is lost
 */
export function catchTheRest(write: (line: string) => void, from: NodeJS.EventEmitter = process): void {
  let told = 0;
  const tell = (error: unknown) => {
    told += 1;
    if (told > mostLines && told % mostLines !== 0) return;
    const again = told > mostLines ? ` (the ${told}th)` : '';
    try {
      write(`unexpected, and the console goes on${again}: ${lineOf(error)}`);
    } catch {
      // There is nobody left to tell.
    }
  };
  from.on('uncaughtException', tell);
  from.on('unhandledRejection', tell);
}

/** A pipe whose reader has gone reports that to whoever writes, again at each line. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
