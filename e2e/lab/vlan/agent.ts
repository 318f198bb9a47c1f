import { connect } from 'node:net';
import { CommandError } from '../run';

const lineEnd = 10;

/**
 * Runs a shell script as root inside the machine and gives its stdout. `argv` is what an error shows instead of it.
 * @throws CommandError on a nonzero exit, or when the machine says nothing for `timeout` milliseconds.
 */
export async function shell(
  port: number,
  script: string,
  { argv = [script], timeout = 120_000 }: { argv?: string[]; timeout?: number } = {},
): Promise<string> {
  const answer = await converse(port, `${Buffer.byteLength(script)}\n${script}`, timeout);
  const headEnd = answer.indexOf(lineEnd);
  if (headEnd < 0) throw new CommandError(argv, null, '', 'the machine broke off the connection');
  const [code = 0, size = 0] = answer.toString('utf8', 0, headEnd).split(' ').map(Number);
  const body = answer.subarray(headEnd + 1);
  const [stdout, stderr] = [body.toString('utf8', 0, size), body.toString('utf8', size)];
  if (code !== 0) throw new CommandError(argv, code, stdout, stderr);
  return stdout;
}

function converse(port: number, request: string, timeout: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port });
    socket.setTimeout(timeout, () => socket.destroy(new Error(`the machine says nothing for ${timeout} ms`)));
    socket.on('data', (part) => parts.push(part));
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(Buffer.concat(parts));
    });
    // Not ended: the forwarded connection stays open until the answer is complete.
    socket.write(request);
  });
}

/** A command line for a shell, each word exactly as given. */
export const quote = (argv: readonly string[]): string =>
  argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
