import { readFileSync, readlinkSync, readdirSync } from 'node:fs';
import type { ProcessRecord } from './record';

/**
 * Identity of a running process; undefined when it is gone. A zombie counts as gone once all of its threads are: until
 * then its sockets are open, although its first thread has ended. Source: proc(5), stat.
 */
export function identify(pid: number): ProcessRecord | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name, in brackets, may hold blanks and brackets itself: fields count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, startTime] = [fields[0], Number(fields[17]), fields[19]];
    const isGone = state === 'X' || (state === 'Z' && threads <= 1);
    return startTime === undefined || isGone ? undefined : { pid, startTime };
  } catch {
    return undefined;
  }
}

/** Whether this very process still runs, and not another that got its id. */
export function isAlive(process: ProcessRecord): boolean {
  return identify(process.pid)?.startTime === process.startTime;
}

/** Whether every thread of it has stopped: SIGSTOP reaches them one by one, after kill(2) has returned. */
export function isStopped(process: ProcessRecord): boolean {
  const threads = list(`/proc/${process.pid}/task`);
  return threads.every((thread) => statusField(`${process.pid}/task/${thread}`, 'State')[0] === 'T');
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Sends a signal to this very process, or nothing when it is gone. */
export function signal(target: ProcessRecord, name: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** One field of the status of a process, or of a thread (`PID/task/TID`), blank-separated; empty when the process is gone. */
export function statusField(pid: number | string, field: string): string[] {
  try {
    const line = new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line?.[1]?.trim().split(/\s+/) ?? [];
  } catch {
    return [];
  }
}

/** The namespace a process is in, `pid:[4026532]`; undefined when it is gone. */
export function namespaceOf(pid: number, kind: 'pid' | 'net'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return undefined;
  }
}

/** The processes of a pid namespace, by their ids outside it. */
export function processesIn(pidNamespace: string): number[] {
  return allPids().filter((pid) => namespaceOf(pid, 'pid') === pidNamespace);
}

export const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
