import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import open from 'open';
import type { Invoke } from './apply/invoke';
import { runApply } from './apply/run';
import { composeConsole, rendererDir, report, runningConsole, runOn, version } from './compose';
import { help, parseOptions, type LaunchOptions } from './launch/options.mjs';
import { log, logText } from './log';
import { parseListen, readPem, type ListenOptions } from './web/listen';
import { hashPassword, readPasswordFile } from './web/password';
import { inOneLine, startFailure } from './start-failure';
import { catchTheRest, outliveReaders } from './uncaught';
import { usualUserData } from './user-data';
import { startWeb, type WebServer } from './web/server';

/** By LANG and its like. */
const { locale } = Intl.DateTimeFormat().resolvedOptions();

/** The user-data folder, once it is known which. */
let folder: string | null = null;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A browser opens only where there is a screen. */
const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** The first line of standard input; a terminal does not show what is typed. */
async function passwordFromInput(): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('Password: ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) process.stderr.write('\n');
  }
}

/** Who came in, with the time, beside the errors. */
const note = (line: string): void => log(`${new Date().toISOString()} ${line}`);

/** Throws an Error for the admin when a file that --listen needs is no good. */
async function listenOptions({ listen, port }: LaunchOptions): Promise<ListenOptions> {
  if (!listen) return { address: '127.0.0.1', port };
  const [cert, key, password] = await Promise.all([
    readPem('--tls-cert', listen.cert),
    readPem('--tls-key', listen.key),
    readPasswordFile(listen.passwordFile),
  ]);
  const where = parseListen(listen.address);
  return {
    address: where.address,
    port: where.port || port,
    remote: { cert, key, password, names: listen.names },
  };
}

/** The user-data folder, which exists. */
function ownFolder({ userData }: LaunchOptions): string {
  const own = userData ?? usualUserData();
  folder = own;
  mkdirSync(own, { recursive: true, mode: 0o700 });
  return own;
}

/** Brings the engines to a file, and ends. A dry run is a console that can't change anything. */
async function apply(options: LaunchOptions, file: string): Promise<never> {
  const readOnly = options.readOnly || options.dryRun;
  const status = await runApply({
    file,
    dryRun: options.dryRun,
    say,
    complain: (line) => process.stderr.write(`${logText(line)}\n`),
    open: async () => {
      const running = await runningConsole(options, ownFolder(options));
      if (running) {
        const { run, subscribe } = running;
        return { subscribe, invoke: run as Invoke, dispose: async () => undefined };
      }
      const surroundings = {
        transport: 'web',
        userDataDir: ownFolder(options),
        locale,
        keychain: null,
      } as const;
      const core = await composeConsole({ ...options, readOnly }, surroundings);
      return { ...core, invoke: runOn(core) as Invoke };
    },
  });
  process.exit(status);
}

async function serve(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return say(help);
  if (options.hashPassword) return say(await hashPassword(await passwordFromInput()));
  outliveReaders();
  catchTheRest(note);
  if (options.apply !== undefined) return apply(options, options.apply);
  // Before anything is begun: a console that may not be opened so must not touch an engine either.
  const where = await listenOptions(options);
  const userData = ownFolder(options);
  const running = await runningConsole(options, userData);
  const window = await running?.address();
  if (running && window) return join(running.pid, window, options);
  let web: WebServer | null = null;
  const core = await composeConsole(options, {
    transport: 'web',
    userDataDir: userData,
    locale,
    keychain: null,
    address: () => web?.oneTimeUrl() ?? null,
  });
  const server = await startWeb({
    rendererDir,
    version: version(),
    ...where,
    run: runOn(core),
    subscribe: (listener) => core.subscribe(listener),
    note,
    report,
  }).catch(async (error: NodeJS.ErrnoException) => {
    await core.dispose();
    if (error.code === 'EADDRINUSE')
      throw new Error(
        `Port ${where.port} on ${where.address} is taken; name another with ${options.listen ? '--listen' : '--port'}.`,
      );
    throw error;
  });

  web = server;
  sayWhere(server, options);
  if (process.stdin.isTTY && !options.listen && !options.headless)
    process.stdin.on('data', () => say(`Trunkline is at ${server.oneTimeUrl()}`));
  if (options.open && hasDisplay()) await open(server.oneTimeUrl()).catch(report);

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void Promise.all([server.close(), core.dispose()]).then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** A console works in the folder already: its window is opened, and this start ends. */
async function join(pid: number, window: string, options: LaunchOptions): Promise<void> {
  say(`Trunkline works in this folder already (process ${pid}). Its window: ${window}`);
  if (options.open && hasDisplay()) await open(window).catch(report);
}

/** Where it is, on the terminal. */
function sayWhere(web: WebServer, options: LaunchOptions): void {
  if (options.headless)
    return say('Trunkline runs without a window. npm start on the same folder opens one; Ctrl-C ends it.');
  say(`Trunkline is at ${web.oneTimeUrl()}`);
  say(
    options.listen
      ? '  (asks for the password; Ctrl-C to end)'
      : '  (opens once; press Enter for a new address, Ctrl-C to end)',
  );
  // A console for others mostly runs as a service, whose output is kept in a log: a secret has no place there.
  if (!options.listen || process.stdout.isTTY)
    say(`For scripts: POST ${web.origin}/api/<command>, Authorization: Bearer ${web.bearer}`);
}

serve().catch(async (error: unknown) => {
  process.stderr.write(`${logText(inOneLine(await startFailure(error, folder, locale)))}\n`);
  process.exit(1);
});
