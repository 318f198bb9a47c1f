import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callEngine } from './engine-api';
import { readIfThere } from './files';
import { inside } from './namespace';
import { until, untilSync } from './poll';
import { identify, isAlive, isStopped, namespaceOf, processesIn, signal, statusField } from './procfs';
import type { HostRecord, ProcessRecord } from './record';
import { cleanEnv } from './run';

const pidFile = (host: HostRecord) => join(host.dir, 'docker.pid');
const logFile = (host: HostRecord) => join(host.dir, 'dockerd.log');

/** The host's dockerd by its id outside; undefined while none runs. */
export function findDaemon(host: HostRecord): ProcessRecord | undefined {
  const inner = readIfThere(pidFile(host)).trim();
  const namespace = host.init && isAlive(host.init) ? namespaceOf(host.init.pid, 'pid') : undefined;
  if (!inner || !namespace) return undefined;
  // The file holds the id inside the host's pid namespace; NSpid lists a process's ids from outside in.
  const pid = processesIn(namespace).find((candidate) => statusField(candidate, 'NSpid').at(-1) === inner);
  return pid !== undefined && statusField(pid, 'Name')[0] === 'dockerd' ? identify(pid) : undefined;
}

/**
 * Starts dockerd unless it runs, and waits until it answers.
 * @throws Error with the end of its log when it gives up or stays silent for a minute.
 */
export async function startDaemon(host: HostRecord): Promise<void> {
  if (!findDaemon(host)) await launch(host);
  try {
    await until(`${host.name}'s dockerd to answer`, () => answers(host), 60_000);
  } catch (error) {
    const tail = readIfThere(logFile(host)).split('\n').slice(-15).join('\n');
    throw new Error(`${(error as Error).message}\n${tail}`, { cause: error });
  }
}

async function launch(host: HostRecord): Promise<void> {
  // A killed dockerd leaves its pid file, and the next one refuses to start when that id is taken again.
  rmSync(pidFile(host), { force: true });
  const config = join(host.dir, 'daemon.json');
  writeFileSync(config, '{}');
  const log = openSync(logFile(host), 'a');
  // setsid: nsenter would stay as a parent outside, and stop itself whenever dockerd is stopped.
  const [command = '', ...args] = inside(host, ['setsid', '--fork', ...daemonArgv(host, config)]);
  const child = spawn(command, args, { env: cleanEnv, stdio: ['ignore', log, log] });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`dockerd of ${host.name}: ${readIfThere(logFile(host))}`));
    });
  });
}

function daemonArgv(host: HostRecord, config: string): string[] {
  return [
    'dockerd',
    // Ours and empty: the machine's own /etc/docker/daemon.json is not meant for this engine.
    ...['--config-file', config],
    ...['--data-root', join(host.dir, 'data')],
    ...['--exec-root', '/run/docker', '--pidfile', pidFile(host)],
    ...['-H', `unix://${host.socket}`],
    // systemd, where there is one, knows nothing of these namespaces.
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', host.cgroup],
    ...['--storage-driver', host.storageDriver],
  ];
}

async function answers(host: HostRecord): Promise<boolean> {
  try {
    return (await callEngine(host.socket, 'GET', '/_ping', undefined, 5_000)).status === 200;
  } catch {
    return false;
  }
}

/** Kills dockerd with SIGKILL and waits until it and its containerd are gone; containers run on. */
export async function killDaemon(host: HostRecord): Promise<void> {
  const daemon = findDaemon(host);
  if (!daemon) return;
  const children = childrenOf(host, daemon);
  signal(daemon, 'SIGKILL');
  // dockerd's containerd dies with it (PDEATHSIG); a new one must not find the old one's socket in use.
  await until(`${host.name}'s dockerd to end`, () => ![daemon, ...children].some(isAlive));
}

/** Ends dockerd as an init system would, with SIGTERM, and starts it again. */
export async function restartDaemon(host: HostRecord): Promise<void> {
  const daemon = findDaemon(host);
  if (daemon) {
    signal(daemon, 'SIGTERM');
    await until(`${host.name}'s dockerd to end`, () => !isAlive(daemon), 60_000);
  }
  await startDaemon(host);
}

function childrenOf(host: HostRecord, daemon: ProcessRecord): ProcessRecord[] {
  const namespace = host.init && namespaceOf(host.init.pid, 'pid');
  return processesIn(namespace ?? '')
    .filter((pid) => statusField(pid, 'PPid')[0] === String(daemon.pid))
    .flatMap((pid) => identify(pid) ?? []);
}

/** Stops dockerd in its tracks: from now on its socket accepts and stays silent. Nothing is still answered after this. */
export function stopDaemon(host: HostRecord): void {
  const daemon = theDaemon(host);
  signal(daemon, 'SIGSTOP');
  if (!untilSync(() => isStopped(daemon), 10_000)) throw new Error(`dockerd of ${host.name} does not stop`);
}

/** Lets it go on; no effect on one that was not stopped. */
export function continueDaemon(host: HostRecord): void {
  signal(theDaemon(host), 'SIGCONT');
}

function theDaemon(host: HostRecord): ProcessRecord {
  const daemon = findDaemon(host);
  if (!daemon) throw new Error(`no dockerd runs on ${host.name}`);
  return daemon;
}
