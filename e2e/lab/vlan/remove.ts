import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { untilSync } from '../poll';
import { bootId, identify, isAlive, signal } from '../procfs';
import { logsDir, runsDir } from './layout';
import { findVlanLabs, type VlanLabRecord } from './record';

const keptLogs = 5;

/**
 * Ends the machine and removes the lab's folder; with `keepLogs`, its logs move to the folder that is returned.
 * Blocking, so that it also works in an exit handler, and repeatable.
 * @throws Error when the machine would not end.
 */
export function removeVlanLab(record: VlanLabRecord, keepLogs = false): string | undefined {
  const { machine, forwarder } = record;
  const running = record.bootId === bootId() ? [machine, forwarder].filter((each) => each !== undefined) : [];
  // Nothing of it is worth an orderly end: its disk goes with it.
  for (const each of running) signal(each, 'SIGKILL');
  for (const each of running)
    if (!untilSync(() => !isAlive(each), 20_000)) throw new Error(`process ${each.pid} does not end`);
  const kept = keepLogs ? saveLogs(record) : undefined;
  // The kernel is the last of its processes to go, and has files of its own there.
  rmSync(record.dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  return kept;
}

function saveLogs(record: VlanLabRecord): string | undefined {
  const logs = entries(record.dir).filter((name) => name.endsWith('.log'));
  if (logs.length === 0) return undefined;
  // Named by time, so that the oldest come first.
  const folder = join(logsDir, `${new Date().toISOString().replaceAll(':', '')}-${record.id}`);
  mkdirSync(folder, { recursive: true });
  for (const name of logs) renameSync(join(record.dir, name), join(folder, name));
  for (const old of entries(logsDir).sort().slice(0, -keptLogs)) {
    rmSync(join(logsDir, old), { recursive: true, force: true });
  }
  return folder;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export const vlanLabOwnerIsAlive = (record: VlanLabRecord): boolean =>
  record.bootId === bootId() && isAlive(record.owner);

/** Removes the labs whose owner is gone, and no others. Gives their ids. */
export function removeVlanLeftovers(): string[] {
  const dead = findVlanLabs().filter((record) => !vlanLabOwnerIsAlive(record));
  for (const record of dead) removeVlanLab(record);
  removeRadioFolders();
  return dead.map(({ id }) => id);
}

/** Of machines with a radio, those whose owner was killed. */
function removeRadioFolders(): void {
  for (const name of entries(runsDir)) {
    const pid = /^\.radio-(\d+)-/.exec(name)?.[1];
    if (pid && !identify(Number(pid))) rmSync(join(runsDir, name), { recursive: true, force: true });
  }
}
