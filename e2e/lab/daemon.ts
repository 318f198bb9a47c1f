import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callEngine } from './engine-api';
import { isPodman, processNameOf } from './engines';
import type { HostRecord } from './record';
import { tlsArgv } from './remote/tls';
import { startService, stopService, type Service } from './service';

/** The host's engine. */
export function daemonOf(host: HostRecord): Service {
  const name = processNameOf(host.engine);
  const pidFile = join(host.dir, `${name}.pid`);
  const argv = isPodman(host.engine) ? podmanArgv(host, pidFile) : dockerArgv(host, pidFile);
  return { host, name, argv, pidFile, logFile: join(host.dir, `${name}.log`) };
}

const configFile = (host: HostRecord) => join(host.dir, 'daemon.json');

function dockerArgv(host: HostRecord, pidFile: string): string[] {
  return [
    'dockerd',
    // Ours and empty: the machine's own /etc/docker/daemon.json is not meant for this engine.
    ...['--config-file', configFile(host)],
    ...['--data-root', join(host.dir, 'data')],
    ...['--exec-root', '/run/docker', '--pidfile', pidFile],
    ...['-H', `unix://${host.socket}`],
    ...(host.tls ? tlsArgv(host) : []),
    // systemd, where there is one, knows nothing of these namespaces.
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', host.cgroup],
    ...['--storage-driver', host.storageDriver],
  ];
}

/** What it would keep in the machine's folders is in the host's own; its locks are in /dev/shm, which is that, too. */
function podmanArgv(host: HostRecord, pidFile: string): string[] {
  const podman = [
    ...['podman', '--root', join(host.dir, 'data'), '--runroot', '/run/containers-storage'],
    ...['--storage-driver', host.storageDriver === 'vfs' ? 'vfs' : 'overlay', '--cgroup-manager', 'cgroupfs'],
    ...['--network-config-dir', join(host.dir, 'networks')],
    ...['system', 'service', '--time', '0', `unix://${host.socket}`],
  ];
  const home = [`HOME=${host.dir}`, `TMPDIR=${host.dir}`];
  // It writes no pid file itself.
  return ['env', ...home, 'sh', '-c', 'echo $$ >"$0"; exec "$@"', pidFile, ...podman];
}

/**
 * Starts the engine unless it runs, and waits until it answers.
 * @throws Error with the end of its log when it gives up or stays silent for three minutes.
 */
export async function startDaemon(host: HostRecord): Promise<void> {
  writeFileSync(configFile(host), '{}');
  await startService(daemonOf(host), () => answers(host));
}

async function answers(host: HostRecord): Promise<boolean> {
  try {
    return (await callEngine(host.socket, 'GET', '/_ping', undefined, 5_000)).status === 200;
  } catch {
    return false;
  }
}

/** Ends the engine as an init system would, with SIGTERM, and starts it again. */
export async function restartDaemon(host: HostRecord): Promise<void> {
  await stopService(daemonOf(host));
  await startDaemon(host);
}
