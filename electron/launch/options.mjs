import { parseArgs } from 'node:util';

/**
 * @typedef {object} ListenArguments
 * @property {string} address As it was written: `192.168.1.5:8443`.
 * @property {string[]} names Names by which browsers may call the console.
 * @property {string} cert PEM file.
 * @property {string} key PEM file.
 * @property {string} passwordFile
 */

/**
 * The command line, read by the starter (before anything is installed), by the desktop app and by the web server:
 * plain JavaScript, so that all three read it alike.
 *
 * @typedef {object} LaunchOptions
 * @property {boolean} web Serve to a browser instead of opening the desktop app.
 * @property {boolean} demo Only the simulated engines.
 * @property {number} demoHosts How many simulated hosts.
 * @property {number} demoContainers How many simulated containers, over all hosts.
 * @property {number} port TCP port on 127.0.0.1; 0 takes a free one.
 * @property {string[]} hosts Engines to connect to; empty: find one.
 * @property {string} [hostsFile] File with engines to connect to.
 * @property {string} [userData] Folder for preferences and the change log.
 * @property {boolean} open Open the default browser.
 * @property {ListenArguments} [listen] Serve beyond loopback.
 * @property {boolean} hashPassword Print the hash of the password on standard input, and end.
 * @property {boolean} readOnly Nothing on an engine can be changed.
 * @property {boolean} headless Neither a window nor a browser is opened; later starts on the folder join it.
 * @property {string} [apply] File with a plan that the engines are brought to; then the process ends.
 * @property {boolean} dryRun Say what `apply` would do, and do nothing.
 * @property {boolean} help
 */

export const help = `Trunkline: a console for Docker networking on real LANs

  npm start                       desktop app, or a browser where Electron can't run
  npm start -- [options]

  --host ADDRESS      engine to connect to; may be repeated:
                      unix:///var/run/docker.sock, ssh://user@host, context://NAME,
                      tcp://10.0.0.5:2376 (TLS), tcp://10.0.0.5:2375 (plain: whoever
                      reaches that port is root on the host)
                      (without any, and none in the settings: DOCKER_HOST, the current Docker
                      context, the usual sockets)
  --hosts-file FILE   engines to connect to: one address a line, or as engines.yaml; followed, never written
  --demo              simulated engines only; nothing real is touched
  --demo-hosts N      how many simulated hosts (3)
  --demo-containers N how many simulated containers (24)
  --web               serve on 127.0.0.1 and open the default browser
  --port N            port for --web (a free one)
  --no-open           don't open a browser
  --listen ADDRESS[:PORT]
                      serve beyond this machine; the console is root on its hosts, so this needs
    --tls-cert FILE, --tls-key FILE    the certificate and key of this address, PEM
    --password-file FILE               one line, readable by you alone: the password or its hash
    --listen-name NAME                 a name by which browsers call it; may be repeated
  --hash-password     read a password from standard input, print its hash for the file
  --headless          no window: keep what is planned in force; a later start on the same folder opens its window
  --apply FILE        bring the engines to a plan.yaml, and end: 0 all is in step, 1 something failed,
                      2 something differs, 3 the file is wrong
    --dry-run         only say what would be done
  --read-only         look only: nothing that changes an engine exists
  --user-data DIR     where preferences and the change log are kept
  --help              this text
`;

const definitions = /** @type {const} */ ({
  web: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  'demo-hosts': { type: 'string', default: '3' },
  'demo-containers': { type: 'string', default: '24' },
  port: { type: 'string', default: '0' },
  host: { type: 'string', multiple: true },
  'hosts-file': { type: 'string' },
  'user-data': { type: 'string' },
  'no-open': { type: 'boolean', default: false },
  listen: { type: 'string' },
  'listen-name': { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'password-file': { type: 'string' },
  'hash-password': { type: 'boolean', default: false },
  'read-only': { type: 'boolean', default: false },
  headless: { type: 'boolean', default: false },
  apply: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
});

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 */
function wholeNumber(name, value, least, most) {
  const number = Number(value);
  if (/^\d+$/.test(String(value)) && number >= least && number <= most) return number;
  throw new Error(`--${name} takes a whole number from ${least} to ${most}, not “${String(value)}”.`);
}

/**
 * Nobody but this machine may reach a console without TLS and a password: all of it, or nothing.
 *
 * @param {Record<string, unknown>} values
 * @returns {ListenArguments | undefined}
 */
function listenArguments(values) {
  const parts = /** @type {const} */ (['tls-cert', 'tls-key', 'password-file']);
  const given = [...parts, 'listen-name'].filter((name) => values[name] !== undefined);
  if (values['listen'] === undefined) {
    if (given.length > 0) throw new Error(`--${given[0]} belongs to --listen.`);
    return undefined;
  }
  const missing = parts.filter((name) => !values[name]);
  if (missing.length > 0)
    throw new Error(
      `--listen opens the console to others, and it is root on its hosts. It needs ${missing.map((name) => `--${name}`).join(', ')} as well.`,
    );
  const [cert, key, passwordFile] = parts.map((name) => String(values[name]));
  const names = /** @type {string[]} */ (values['listen-name'] ?? []);
  return {
    address: String(values['listen']),
    names,
    cert: cert ?? '',
    key: key ?? '',
    passwordFile: passwordFile ?? '',
  };
}

/**
 * Reads the arguments after the program's own. Throws an Error whose message is for the admin.
 *
 * @param {readonly string[]} args
 * @returns {LaunchOptions}
 */
export function parseOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: definitions,
    strict: true,
    allowPositionals: false,
  });
  const hosts = values.host ?? [];
  const hostsFile = values['hosts-file'];
  if (hostsFile === '') throw new Error('--hosts-file takes a file.');
  const named = hosts.length > 0 ? '--host' : hostsFile !== undefined ? '--hosts-file' : undefined;
  if (values.demo && named)
    throw new Error(`--demo and ${named} exclude each other: simulated engines, or these.`);
  const userData = values['user-data'];
  if (userData === '') throw new Error('--user-data takes a folder.');
  const listen = listenArguments(values);
  const { apply } = values;
  if (apply === '') throw new Error('--apply takes a file.');
  if (values.headless && apply !== undefined)
    throw new Error('--apply and --headless exclude each other: one ends, and the other goes on.');
  if (values['dry-run'] && apply === undefined) throw new Error('--dry-run belongs to --apply.');
  if (values['read-only'] && apply !== undefined && !values['dry-run'])
    throw new Error('--apply and --read-only exclude each other; --dry-run only looks.');
  return {
    web:
      values.web || values.headless || listen !== undefined || values['hash-password'] || apply !== undefined,
    demo: values.demo,
    demoHosts: wholeNumber('demo-hosts', values['demo-hosts'], 1, 50),
    demoContainers: wholeNumber('demo-containers', values['demo-containers'], 0, 10_000),
    port: wholeNumber('port', values.port, 0, 65_535),
    hosts,
    ...(hostsFile !== undefined ? { hostsFile } : {}),
    ...(typeof userData === 'string' ? { userData } : {}),
    open: !values['no-open'] && !values.headless && listen === undefined,
    ...(listen ? { listen } : {}),
    hashPassword: values['hash-password'],
    readOnly: values['read-only'],
    headless: values.headless,
    ...(apply !== undefined ? { apply } : {}),
    dryRun: values['dry-run'],
    help: values.help,
  };
}

/**
 * Whether a start asks for nothing that a console which works on the same folder already may have otherwise: then it can
 * join that one.
 *
 * @param {LaunchOptions} options
 */
export const mayJoin = ({ hosts, hostsFile, demo, readOnly, dryRun, listen, headless, port }) =>
  hosts.length === 0 && !hostsFile && !demo && (!readOnly || dryRun) && !listen && !headless && port === 0;

/** Switches of Electron and Chromium that are not ours to refuse: `--inspect=0`, `--remote-debugging-port=0`. */
const foreign = /^--(?:inspect|remote-debugging|user-data-dir|no-sandbox|enable-|disable-|force-|lang|ozone)/;

/**
 * The arguments that are ours among those of an Electron process.
 *
 * @param {readonly string[]} argv `process.argv`
 * @param {boolean} packaged In a packaged app, argv[1] is already an argument.
 */
export function ownArguments(argv, packaged) {
  const rest = argv.slice(1).filter((each) => !foreign.test(each));
  if (packaged) return rest;
  // What is left of the binary's own part ends with the path of the app.
  const app = rest.findIndex((each) => !each.startsWith('-'));
  return rest.slice(app + 1);
}
