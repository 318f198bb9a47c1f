import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from '../files';
import { inside } from '../namespace';
import type { HostRecord } from '../record';
import { run } from '../run';
import { until } from '../poll';
import { identify, isAlive, namespaceOf, processesIn, signal, statusField } from '../procfs';
import { findService, resumeService, startService, stopService, type Service } from '../service';

/** The host's own port, on its LAN. */
export const sshPort = 22;
export const sshFolder = (host: HostRecord): string => join(host.dir, 'ssh');
export const hostKeyFile = (host: HostRecord): string => join(sshFolder(host), 'host_key');

/** The keys of the admin: the same two on every host of a lab, one of them behind a passphrase. */
export function userKeys(host: HostRecord): { plain: string; protected: string; stranger: string } {
  const folder = join(host.dir, '../keys');
  return {
    plain: join(folder, 'plain'),
    protected: join(folder, 'protected'),
    // No host lets it in.
    stranger: join(folder, 'stranger'),
  };
}

/** A real sshd; its sessions are of its host alone. */
export function sshdOf(host: HostRecord): Service {
  const pidFile = join(sshFolder(host), 'sshd.pid');
  return {
    host,
    name: 'sshd',
    // It starts itself anew for each connection, and needs its own path for that.
    argv: ['/usr/sbin/sshd', '-D', '-e', '-f', configFile(host)],
    pidFile,
    logFile: join(host.dir, 'sshd.log'),
  };
}

/** What an admin can forbid, and people do. */
export interface SshdOptions {
  /** `AllowStreamLocalForwarding`; default true. Without it nobody reaches the engine's socket. */
  socketForwarding?: boolean;
  /** `AllowTcpForwarding`; default true. Without it the host is no way to another. */
  tcpForwarding?: boolean;
}

const word = (allowed: boolean | undefined) => (allowed === false ? 'no' : 'yes');

const configFile = (host: HostRecord) => join(sshFolder(host), 'sshd_config');

function configuration(host: HostRecord, { socketForwarding, tcpForwarding }: SshdOptions = {}): string {
  const folder = sshFolder(host);
  const lines = [
    `Port ${sshPort}`,
    `HostKey ${hostKeyFile(host)}`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'StrictModes yes',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    // PAM would ask the machine's own modules.
    'UsePAM no',
    `AllowStreamLocalForwarding ${word(socketForwarding)}`,
    `AllowTcpForwarding ${word(tcpForwarding)}`,
    'AllowAgentForwarding yes',
    'LogLevel VERBOSE',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * What sshd wants of a machine, in what of it is the host's alone: a user to drop to, a folder to do so in, and a root
 * that may log in and whose home is not the machine's.
 */
const prepare = `
grep -q '^sshd:' /etc/passwd || echo 'sshd:x:64022:65534::/run/sshd:/usr/sbin/nologin' >>/etc/passwd
mkdir -p /run/sshd "$1/home"
sed -i "s|^root:.*|root:x:0:0:root:$1/home:/bin/sh|" /etc/passwd
sed -i 's/^root:[^:]*:/root:*:/' /etc/shadow
`;

/**
 * Starts the host's sshd unless it runs, with keys that are made the first time.
 * @throws Error with the end of its log when it gives up.
 */
export async function startSshd(host: HostRecord, options: SshdOptions = {}): Promise<void> {
  const keys = userKeys(host);
  for (const folder of [sshFolder(host), join(keys.plain, '..')])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  await run(inside(host, ['sh', '-ec', prepare, 'sh', sshFolder(host)]));
  await makeKey(host, hostKeyFile(host));
  await makeKey(host, keys.plain);
  await makeKey(host, keys.protected, host.ssh?.passphrase);
  await makeKey(host, keys.stranger);
  const admitted = [keys.plain, keys.protected].map((file) => readFileSync(`${file}.pub`, 'utf8'));
  writeFileSync(join(sshFolder(host), 'authorized_keys'), admitted.join(''), { mode: 0o600 });
  writeFileSync(configFile(host), configuration(host, options));
  await startService(sshdOf(host), () => listens(host));
}

async function makeKey(host: HostRecord, file: string, passphrase = ''): Promise<void> {
  if (existsSync(`${file}.pub`)) return;
  await run(inside(host, ['ssh-keygen', '-q', '-t', 'ed25519', '-N', passphrase, '-C', 'lab', '-f', file]));
}

/** How many sockets of sshd's port are in a state (proc(5), net/tcp), as the host's kernel tells. */
function sockets(host: HostRecord, state: string): number {
  const port = sshPort.toString(16).toUpperCase().padStart(4, '0');
  const table = readIfThere(`/proc/${host.init?.pid ?? 0}/net/tcp`);
  return table.match(new RegExp(`: [0-9A-F]+:${port} [0-9A-F:]+ ${state} `, 'g'))?.length ?? 0;
}

/** Asked of the kernel: a probe would be a connection that sshd has to count. 0A is LISTEN. */
const listens = (host: HostRecord): Promise<boolean> => Promise.resolve(sockets(host, '0A') > 0);

/** How many connections there are to the host's sshd; 01 is ESTABLISHED. */
export const connectionsTo = (host: HostRecord): number => sockets(host, '01');

/** Back to how it started: running, and forbidding nothing. Its key stays, whichever it is. */
export async function resetSshd(host: HostRecord): Promise<void> {
  if (readIfThere(configFile(host)) !== configuration(host)) await stopService(sshdOf(host));
  if (findService(sshdOf(host))) resumeService(sshdOf(host));
  await startSshd(host);
}

/** Another key for the host, as after a new installation. The running sshd still has the old one. */
export async function changeHostKey(host: HostRecord): Promise<void> {
  const fresh = `${hostKeyFile(host)}-new`;
  await run(inside(host, ['rm', '-f', fresh, `${fresh}.pub`]));
  await makeKey(host, fresh);
  for (const end of ['', '.pub']) copyFileSync(`${fresh}${end}`, `${hostKeyFile(host)}${end}`);
}

/** Kills what serves connections, and not what takes new ones. Gives how many processes that were. */
export async function dropConnections(host: HostRecord): Promise<number> {
  const listener = findService(sshdOf(host))?.pid;
  const namespace = (host.init && namespaceOf(host.init.pid, 'pid')) ?? '';
  const serving = processesIn(namespace)
    // From OpenSSH 9.8 on, what serves a connection is a program of its own.
    .filter((pid) => pid !== listener && /^sshd(-session|-auth)?$/.test(statusField(pid, 'Name')[0] ?? ''))
    .flatMap((pid) => identify(pid) ?? []);
  for (const each of serving) signal(each, 'SIGKILL');
  await until(`the SSH connections of ${host.name} to end`, () => !serving.some(isAlive));
  return serving.length;
}
