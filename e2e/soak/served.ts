import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A console served to browsers, with Node's inspector open on loopback. */
export interface InspectedConsole {
  url: string;
  inspector: string;
  api(command: string, input?: object): Promise<unknown>;
  /** As Ctrl-C does; resolves with its exit code. */
  end(): Promise<number | null>;
  output(): string;
}

/** The built server as it is, on these engines. Rejects with its words when it does not start. */
export async function serveInspected(
  endpoints: readonly string[],
  userData: string,
): Promise<InspectedConsole> {
  const hosts = endpoints.flatMap((endpoint) => ['--host', endpoint]);
  const program = join(root, 'dist/serve/serve.js');
  const child = spawn(
    process.execPath,
    ['--inspect=127.0.0.1:0', program, '--no-open', '--user-data', userData, ...hosts],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = collect(child);
  const find = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(output())?.[1];
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`the console did not start:\n${output()}`);
      await Promise.race([once(child.stdout!, 'data'), once(child.stderr!, 'data'), once(child, 'exit')]);
    }
  };
  const inspector = await find(/Debugger listening on (ws:\S+)/);
  const url = await find(/Trunkline is at (\S+)/);
  const bearer = await find(/Bearer (\S+)/);
  const { origin } = new URL(url);
  return {
    url,
    inspector,
    output,
    api: (command, input = {}) => post(`${origin}/api/${command}`, bearer, input),
    async end() {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGINT');
      return (await exited)[0];
    },
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  // The end of it is enough for a message.
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => (text = (text + String(chunk)).slice(-20_000)));
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
