import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callEngine } from './engine-api';
import type { HostRecord } from './record';
import { tlsArgv } from './remote/tls';
import { startService, stopService, type Service } from './service';

/** The host's engine. */
export function daemonOf(host: HostRecord): Service {
  const pidFile = join(host.dir, 'docker.pid');
  return {
    host,
    name: 'dockerd',
    argv: dockerArgv(host, pidFile),
    pidFile,
    logFile: join(host.dir, 'dockerd.log'),
  };
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

/**
 * Starts the engine unless it runs, and waits until it answers.
 * @throws Error with the end of its log when it gives up or stays silent for a minute.
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
