import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A console served to browsers, as a process of its own. */
export interface ServedConsole {
  url: string;
  pid: number;
  api(command: string, input?: object): Promise<unknown>;
  /** Its exit code, null while it lives or when a signal ended it. */
  exitCode(): number | null;
  /** As Ctrl-C does; resolves with its exit code. */
  end(): Promise<number | null>;
  /** What it wrote to the terminal: the end of it. */
  output(): string;
}

/** The same with Node's inspector open on loopback. */
export interface InspectedConsole extends ServedConsole {
  inspector: string;
}

interface ServeOptions {
  nodeFlags?: readonly string[];
  /** How much of the output is kept, characters. */
  keep?: number;
}

function spawnConsole(endpoints: readonly string[], userData: string, options: ServeOptions) {
  const hosts = endpoints.flatMap((endpoint) => ['--host', endpoint]);
  const program = join(root, 'dist/serve/serve.js');
  const child = spawn(
    process.execPath,
    [...(options.nodeFlags ?? []), program, '--no-open', '--user-data', userData, ...hosts],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = collect(child, options.keep ?? 20_000);
  const find = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(output())?.[1];
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`the console did not start:\n${output()}`);
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
    }
  };
  return { child, output, find };
}

async function served({ child, output, find }: ReturnType<typeof spawnConsole>): Promise<ServedConsole> {
  const url = await find(/Trunkline is at (\S+)/);
  const bearer = await find(/Bearer (\S+)/);
  const { origin } = new URL(url);
  return {
    url,
    pid: child.pid ?? 0,
    output,
    exitCode: () => child.exitCode,
    api: (command, input = {}) => post(`${origin}/api/${command}`, bearer, input),
    async end() {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGINT');
      return (await exited)[0];
    },
  };
}

/** The built server as it is, on these engines. Rejects with its words when it does not start. */
export async function serveConsole(
  endpoints: readonly string[],
  userData: string,
  options: ServeOptions = {},
): Promise<ServedConsole> {
  return served(spawnConsole(endpoints, userData, options));
}

/** The same, for who looks at its heap. */
export async function serveInspected(
  endpoints: readonly string[],
  userData: string,
): Promise<InspectedConsole> {
  const started = spawnConsole(endpoints, userData, { nodeFlags: ['--inspect=127.0.0.1:0'] });
  const inspector = await started.find(/Debugger listening on (ws:\S+)/);
  return { inspector, ...(await served(started)) };
}

function collect(child: ChildProcess, keep: number): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (text = (text + String(chunk)).slice(-keep)));
  return () => text;
}

async function post(url: string, bearer: string, input: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const result = (await answer.json()) as { ok: boolean; value?: unknown; error?: { message: string } };
  if (!result.ok) throw new Error(`${url}: ${result.error?.message}`);
  return result.value;
}
