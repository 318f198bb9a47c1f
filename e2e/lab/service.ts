import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { readIfThere } from './files';
import { inside } from './namespace';
import { until, untilSync } from './poll';
import { identify, isAlive, isStopped, namespaceOf, processesIn, signal, statusField } from './procfs';
import type { HostRecord, ProcessRecord } from './record';
import { cleanEnv } from './run';

/** A program that runs on a host for as long as it is wanted. */
export interface Service {
  host: HostRecord;
  /** The process, as the kernel names it. */
  name: string;
  argv: string[];
  /** Written by the program: its id inside the host. */
  pidFile: string;
  logFile: string;
}

/** The service's process by its id outside; undefined while none runs. */
export function findService({ host, name, pidFile }: Service): ProcessRecord | undefined {
  const inner = readIfThere(pidFile).trim();
  const namespace = host.init && isAlive(host.init) ? namespaceOf(host.init.pid, 'pid') : undefined;
  if (!inner || !namespace) return undefined;
  // The file holds the id inside the host's pid namespace; NSpid lists a process's ids from outside in.
  const pid = processesIn(namespace).find((candidate) => statusField(candidate, 'NSpid').at(-1) === inner);
  return pid !== undefined && statusField(pid, 'Name')[0] === name ? identify(pid) : undefined;
}

/**
 * Starts the service unless it runs, and waits until `answers` says yes.
 * @throws Error with the end of its log when it gives up or stays silent for three minutes.
 */
export async function startService(service: Service, answers: () => Promise<boolean>): Promise<void> {
  if (!findService(service)) await launch(service);
  try {
    await until(`${service.name} of ${service.host.name} to answer`, answers, 180_000);
  } catch (error) {
    const tail = readIfThere(service.logFile).split('\n').slice(-15).join('\n');
    throw new Error(`${(error as Error).message}\n${tail}`, { cause: error });
  }
}

async function launch({ host, name, argv, pidFile, logFile }: Service): Promise<void> {
  // What was killed leaves its pid file, and the next one may refuse to start when that id is taken again.
  rmSync(pidFile, { force: true });
  const log = openSync(logFile, 'a');
  // setsid: nsenter would stay as a parent outside, and stop itself whenever the service is stopped.
  const [command = '', ...args] = inside(host, ['setsid', '--fork', ...argv]);
  const child = spawn(command, args, { env: cleanEnv, stdio: ['ignore', log, log] });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} of ${host.name}: ${readIfThere(logFile)}`));
    });
  });
}

/** Ends it as an init system would, with SIGTERM, and waits for its end. None running is no error. */
export async function stopService(service: Service): Promise<void> {
  const running = findService(service);
  if (!running) return;
  signal(running, 'SIGTERM');
  // One that is stopped in its tracks would take the wish to heart only when it goes on.
  signal(running, 'SIGCONT');
  await until(`${service.name} of ${service.host.name} to end`, () => !isAlive(running), 60_000);
}

/** Kills it with SIGKILL and waits until it and the processes that die with it are gone. */
export async function killService(service: Service): Promise<void> {
  const running = findService(service);
  if (!running) return;
  const children = childrenOf(service.host, running);
  signal(running, 'SIGKILL');
  // dockerd's containerd dies with it (PDEATHSIG); a new one must not find the old one's socket in use.
  await until(`${service.name} of ${service.host.name} to end`, () => ![running, ...children].some(isAlive));
}

/** Processes that the given one has started on its host, by their ids outside. */
export function childrenOf(host: HostRecord, parent: ProcessRecord): ProcessRecord[] {
  const namespace = host.init && namespaceOf(host.init.pid, 'pid');
  return processesIn(namespace ?? '')
    .filter((pid) => statusField(pid, 'PPid')[0] === String(parent.pid))
    .flatMap((pid) => identify(pid) ?? []);
}

/** Stops it in its tracks: what it listens on accepts and stays silent. Nothing is still answered after this. */
export function pauseService(service: Service): void {
  const running = theProcess(service);
  signal(running, 'SIGSTOP');
  if (!untilSync(() => isStopped(running), 10_000))
    throw new Error(`${service.name} of ${service.host.name} does not stop`);
}

/** Lets it go on; no effect on one that was not stopped. */
export function resumeService(service: Service): void {
  signal(theProcess(service), 'SIGCONT');
}

function theProcess(service: Service): ProcessRecord {
  const running = findService(service);
  if (!running) throw new Error(`no ${service.name} runs on ${service.host.name}`);
  return running;
}
