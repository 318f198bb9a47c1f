import { spawn, spawnSync } from 'node:child_process';

export interface RunOptions {
  input?: string | Buffer;
  /** Milliseconds; default two minutes. */
  timeout?: number;
  env?: NodeJS.ProcessEnv;
}

/** A command that failed: its exit code and what it wrote. The message carries its stderr. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly argv: string[],
    readonly code: number | null,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`${argv.join(' ')}: ${stderr.trim() || stdout.trim() || `exit code ${String(code)}`}`);
  }
}

/**
 * The least an engine or tool needs: no proxy settings, no DOCKER_* of the person who runs the lab.
 * `HOME` points nowhere, so nobody's `~/.docker` is read or written.
 */
export const cleanEnv: NodeJS.ProcessEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
};

/** Runs a command and gives its stdout. @throws {@link CommandError} on a nonzero exit or timeout. */
export function run(argv: string[], options: RunOptions = {}): Promise<string> {
  const [command = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: options.env ?? cleanEnv,
      timeout: options.timeout ?? 120_000,
      killSignal: 'SIGKILL',
      stdio: 'pipe',
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    child.on('error', (error) => {
      reject(new CommandError(argv, null, '', error.message));
    });
    child.on('close', (code) => {
      if (code === 0) resolve(output.stdout);
      else reject(new CommandError(argv, code, output.stdout, output.stderr));
    });
    // A command that never reads its input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}

/** The same, blocking, for exit handlers: gives the exit code and what was said. */
export function runSync(argv: string[]): { code: number | null; stderr: string } {
  const [command = '', ...args] = argv;
  const done = spawnSync(command, args, { env: cleanEnv, encoding: 'utf8', timeout: 30_000 });
  return { code: done.status, stderr: done.stderr };
}
