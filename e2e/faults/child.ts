import { fork } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract';
import type { ChangePreview, ChangeRecord, ChangeRequest, Result } from '../../shared/model';
import { until } from '../lab/poll';

/** A console in a process of its own. */
export interface ConsoleChild {
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>>>;
  /** The same, for what must succeed. */
  value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** Previews; gives what applying comes to, which is never when the console is killed meanwhile. */
  apply(request: ChangeRequest): Promise<Result<ChangeRecord>>;
  preview(request: ChangeRequest): Promise<ChangePreview>;
  /** SIGKILL: no time for anything. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** Makes the program of {@link startChild}, in a folder of the caller's: packages as they are bundled for the product. */
export async function buildChild(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'console-child.ts'),
      target: 'node20',
      outDir,
      minify: false,
      rollupOptions: {
        external: [/^node:/, 'cpu-features', /\.node$/],
        output: {
          format: 'es',
          entryFileNames: 'child.mjs',
          banner: 'const __dirname = import.meta.dirname, __filename = import.meta.filename;',
        },
      },
    },
  });
  return join(outDir, 'child.mjs');
}

/** Starts a console on a folder and waits until all of its engines are in step. */
export async function startChild(
  program: string,
  userDataDir: string,
  endpoints: readonly string[],
): Promise<ConsoleChild> {
  const child = fork(program, [userDataDir, ...endpoints], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (result: unknown) => void>();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let last = 0;
  child.on('message', ({ id, result }: { id: number; result: unknown }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await Promise.race([
    new Promise((ready) => waiting.set(0, ready)),
    exited.then(() => Promise.reject(new Error('the console ended before it was ready'))),
  ]);
  const run: ConsoleChild['run'] = (name, input) => {
    last += 1;
    const id = last;
    child.send({ id, name, input });
    return new Promise((resolve) => waiting.set(id, resolve as (result: unknown) => void));
  };
  const value: ConsoleChild['value'] = async (name, input) => {
    const result = await run(name, input);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  const preview = (request: ChangeRequest) => value('change.preview', { request });
  await until('all engines to be in step', async () => {
    const { engines, containers } = await value('inventory.get', {});
    return engines.every((each) => each.state === 'online') && containers.every((each) => each.detail);
  });
  return {
    run,
    value,
    preview,
    apply: async (request) => run('change.apply', { id: (await preview(request)).id }),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async end() {
      if (child.connected) child.send({ name: 'end' });
      await exited;
    },
  };
}
