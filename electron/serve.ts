import { mkdirSync } from 'node:fs';
import envPaths from 'env-paths';
import open from 'open';
import { ProblemError } from '../shared/model';
import { composeConsole, rendererDir, report } from './compose';
import { help, parseOptions } from './launch/options.mjs';
import { dispatch } from './services/dispatch';
import { startWeb } from './web/server';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A browser opens only where there is a screen. */
const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

async function serve(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return say(help);
  const userData = options.userData ?? envPaths('trunkline', { suffix: '' }).config;
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  const locale = Intl.DateTimeFormat().resolvedOptions().locale;
  const core = await composeConsole(options, 'web', userData, locale);
  const web = await startWeb({
    rendererDir,
    port: options.port,
    run: (name, input) => dispatch(core.handlers, name, input, (_command, error) => report(error)),
    subscribe: (listener) => core.subscribe(listener),
  }).catch(async (error: NodeJS.ErrnoException) => {
    await core.dispose();
    if (error.code === 'EADDRINUSE')
      throw new Error(`Port ${options.port} on 127.0.0.1 is taken; name another with --port.`);
    throw error;
  });

  const url = web.oneTimeUrl();
  say(`Trunkline is at ${url}`);
  say(`  (opens once; press Enter for a new address, Ctrl-C to end)`);
  say(`For scripts: POST ${web.origin}/api/<command>, Authorization: Bearer ${web.bearer}`);
  if (process.stdin.isTTY) process.stdin.on('data', () => say(`Trunkline is at ${web.oneTimeUrl()}`));
  if (options.open && hasDisplay()) await open(url).catch(report);

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void Promise.all([web.close(), core.dispose()]).then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

serve().catch((error: unknown) => {
  const problem = error instanceof ProblemError ? error.problem : null;
  const message = problem
    ? `${problem.message} ${problem.hint ?? ''}`
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`Trunkline could not start: ${message}\n`);
  process.exit(1);
});
