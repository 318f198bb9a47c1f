import { existsSync, readFileSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cgroupOf, labDir, labRoot, netnsPrefix } from './layout';
import { untilSync } from './poll';
import { bootId, isAlive, signal } from './procfs';
import { readRecord, type LabRecord } from './record';
import { runSync } from './run';

/**
 * Removes every trace of a lab: processes, mounts, namespaces, cgroups, folders. Blocking, so that it also works in an
 * exit handler, and repeatable: what is gone already is no error.
 * @throws Error naming what would not go.
 */
export function removeLab(record: LabRecord): void {
  const problems = [...endHosts(record), ...removeNamespaces(record.id), ...removeCgroups(record.id)];
  if (problems.length > 0) throw new Error(`lab ${record.id} left behind: ${problems.join('; ')}`);
  rmSync(labDir(record.id), { recursive: true, force: true, maxRetries: 10 });
  removeIfEmpty(labRoot);
}

/** The end of a host's first process is the end of all its processes and, with them, of all its mounts. */
function endHosts(record: LabRecord): string[] {
  if (record.bootId !== bootId()) return [];
  const inits = record.hosts.flatMap((host) => host.init ?? []);
  const holders = record.hosts.flatMap((host) => host.holder ?? []);
  const forwarders = record.forwarder ? [record.forwarder] : [];
  const all = [...inits, ...holders, ...forwarders];
  // The holder reaps its init and ends by itself. Killed first, it would leave a zombie to the machine's own init.
  for (const first of [...inits, ...forwarders]) signal(first, 'SIGKILL');
  thaw(record.id);
  if (!untilSync(() => !all.some(isAlive), all.length > 0 ? 20_000 : 0)) {
    for (const holder of holders) signal(holder, 'SIGKILL');
    untilSync(() => !holders.some(isAlive), 5_000);
  }
  return all.filter(isAlive).map(({ pid }) => `process ${pid}`);
}

/** A paused container on cgroup v1 takes no signal, not even SIGKILL, until it is thawed; and its init waits for it. */
function thaw(id: string): void {
  const states = cgroupsOf(id).flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => basename(path) === 'freezer.state')
      .map((path) => join(root, path)),
  );
  for (const state of states) writeFileSync(state, 'THAWED');
}

export const namespacesOf = (id: string): string[] =>
  list('/run/netns').filter((name) => name.startsWith(netnsPrefix(id)));

function removeNamespaces(id: string): string[] {
  for (const name of namespacesOf(id)) runSync(['ip', 'netns', 'del', name]);
  // `ip netns add` mounts the folder on itself and never undoes it. Busy, and left alone, while others have theirs in it.
  if (list('/run/netns').length === 0 && runSync(['umount', '/run/netns']).code === 0)
    removeIfEmpty('/run/netns');
  return namespacesOf(id).map((name) => `network namespace ${name}`);
}

/** One folder per hierarchy on cgroup v1, one in all on v2. */
export function cgroupsOf(id: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => / - cgroup2? /.test(line))
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((mount) => list(mount).includes(cgroupOf(id)))
    .map((mount) => join(mount, cgroupOf(id)));
}

function removeCgroups(id: string): string[] {
  for (const root of cgroupsOf(id)) untilSync(() => removeTree(root), 10_000);
  return cgroupsOf(id).map((path) => `cgroup ${path}`);
}

/** cgroup folders hold files that can't be deleted, and are removed innermost first once their processes are gone. */
function removeTree(path: string): boolean {
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((entry) => removeTree(join(path, entry.name))).every(Boolean) && removeIfEmpty(path);
}

function removeIfEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** All labs on this machine, as their owners recorded them. */
export function findLabs(): LabRecord[] {
  return list(labRoot).flatMap((id) => readRecord(labDir(id)) ?? []);
}

export const ownerIsAlive = (record: LabRecord): boolean =>
  record.bootId === bootId() && isAlive(record.owner);

/** Removes the labs whose owner is gone, and no others. Gives their ids. */
export function removeLeftovers(): string[] {
  const dead = findLabs().filter((record) => !ownerIsAlive(record));
  for (const record of dead) removeLab(record);
  const orphans = orphanedNamespaces();
  for (const id of orphans) removeNamespaces(id);
  return [...dead.map(({ id }) => id), ...orphans];
}

/** Ids of labs that have a namespace and no folder: an `ip netns add` that was under way when its owner was ended. */
function orphanedNamespaces(): string[] {
  const ids = list('/run/netns').flatMap((name) => /^trunkline-([0-9a-f]{6})-/.exec(name)?.[1] ?? []);
  return [...new Set(ids)].filter((id) => !existsSync(labDir(id)));
}
