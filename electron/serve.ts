import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import envPaths from 'env-paths';
import open from 'open';
import { composeConsole, rendererDir, report, version } from './compose';
import { help, parseOptions, type LaunchOptions } from './launch/options.mjs';
import { log, logText } from './log';
import { dispatch } from './services/dispatch';
import { parseListen, readPem, type ListenOptions } from './web/listen';
import { hashPassword, readPasswordFile } from './web/password';
import { inOneLine, startFailure } from './start-failure';
import { catchTheRest, outliveReaders } from './uncaught';
import { startWeb } from './web/server';

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

async function serve(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return say(help);
  if (options.hashPassword) return say(await hashPassword(await passwordFromInput()));
  outliveReaders();
  catchTheRest(note);
  // Before anything is begun: a console that may not be opened so must not touch an engine either.
  const where = await listenOptions(options);
  const userData = options.userData ?? envPaths('trunkline', { suffix: '' }).config;
  folder = userData;
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  const core = await composeConsole(options, {
    transport: 'web',
    userDataDir: userData,
    locale,
    keychain: null,
  });
  const web = await startWeb({
    rendererDir,
    version: version(),
    ...where,
    run: (name, input) => dispatch(core.handlers, name, input, (_command, error) => report(error)),
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

  const url = web.oneTimeUrl();
  say(`Trunkline is at ${url}`);
  say(
    options.listen
      ? '  (asks for the password; Ctrl-C to end)'
      : '  (opens once; press Enter for a new address, Ctrl-C to end)',
  );
  // A console for others mostly runs as a service, whose output is kept in a log: a secret has no place there.
  if (!options.listen || process.stdout.isTTY)
    say(`For scripts: POST ${web.origin}/api/<command>, Authorization: Bearer ${web.bearer}`);
  if (process.stdin.isTTY && !options.listen)
    process.stdin.on('data', () => say(`Trunkline is at ${web.oneTimeUrl()}`));
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

serve().catch(async (error: unknown) => {
  process.stderr.write(`${logText(inOneLine(await startFailure(error, folder, locale)))}\n`);
  process.exit(1);
});
