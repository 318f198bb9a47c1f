import { mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startDaemon } from './daemon';
import { atExit } from './exit';
import { openHost, type LabHost } from './host';
import { buildRootfs, installImage } from './image';
import { labDir, labImage, labRoot, maxHosts, planHost } from './layout';
import { startNamespaces } from './namespace';
import { createHostNetwork, createSwitch } from './network';
import { ensurePrerequisites } from './prerequisites';
import { bootId, identify } from './procfs';
import { readRecord, writeRecord, type HostRecord, type LabRecord } from './record';
import { removeLab, removeLeftovers } from './remove';
import { run } from './run';
import { startSamples } from './samples';

/** Real engines on one LAN. */
export interface Lab {
  readonly id: string;
  readonly dir: string;
  readonly hosts: LabHost[];
  /** Tag of the small image that every engine has. */
  readonly image: string;
  /** The lab as plain data, for {@link openLab} in another process. */
  readonly record: LabRecord;
  /** Removes every trace. Safe to call twice. */
  down(): Promise<void>;
}

export interface LabOptions {
  /** Default 2. */
  hosts?: number;
  /** Sample containers in every network mode; default false. */
  samples?: boolean;
  /** Started by hand: `down` takes it away without being told its id. Default false. */
  interactive?: boolean;
  onProgress?: (line: string) => void;
}

/**
 * Starts a lab that this process owns: it is removed by `down()`, when the process ends, or, after a crash, by the next
 * start. Labs left by dead owners are removed first.
 * @throws Error when a prerequisite is missing or something does not start; nothing is left behind then.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const say = options.onProgress ?? (() => undefined);
  const count = options.hosts ?? 2;
  if (!Number.isInteger(count) || count < 1 || count > maxHosts) {
    throw new Error(`a lab has 1 to ${maxHosts} hosts, not ${count}`);
  }
  await ensurePrerequisites();
  for (const id of removeLeftovers()) say(`removed lab ${id}, whose owner is gone`);
  const record = reserve(options.interactive ?? false);
  const forget = atExit(() => removeLab(record));
  try {
    await build(record, count, say);
    const lab = openLab(record, forget);
    if (options.samples) await startSamples(lab, say);
    return lab;
  } catch (error) {
    forget();
    removeLab(record);
    throw error;
  }
}

/** A handle on a running lab from its record. `forget` undoes what the owner arranged for its exit. */
export function openLab(record: LabRecord, forget: () => void = () => undefined): Lab {
  return {
    id: record.id,
    dir: record.dir,
    hosts: record.hosts.map(openHost),
    image: record.image,
    record,
    down: async () => {
      forget();
      await Promise.resolve();
      removeLab(record);
    },
  };
}

/** Takes an id and its folder. The folder appears with its record in it: a lab without owner never shows. */
function reserve(interactive: boolean): LabRecord {
  const owner = identify(process.pid);
  if (!owner) throw new Error('/proc is not readable');
  const id = randomBytes(3).toString('hex');
  const dir = labDir(id);
  const identity = { id, dir, image: labImage, bootId: bootId(), owner, interactive };
  const record: LabRecord = { ...identity, hosts: [] };
  mkdirSync(labRoot, { recursive: true, mode: 0o711 });
  const draft = mkdtempSync(join(labRoot, '.new-'));
  writeRecord({ ...record, dir: draft });
  renameSync(draft, dir);
  writeRecord(record);
  return record;
}

async function build(record: LabRecord, count: number, say: (line: string) => void): Promise<void> {
  const storageDriver = (await overlayWorks(record.dir)) ? 'overlay2' : 'vfs';
  record.hosts = Array.from({ length: count }, (_, index) => planHost(record.id, index, storageDriver));
  say(`lab ${record.id}: ${count} hosts on one LAN`);
  await createSwitch(record.id);
  const rootfs = buildRootfs();
  // Started together below; a failure here must not surface as an unhandled rejection before it is awaited.
  rootfs.catch(() => undefined);
  for (const host of record.hosts) await startMachine(record, host);
  say('starting dockerd');
  await Promise.all(record.hosts.map(startDaemon));
  say('making the image');
  const tar = await rootfs;
  await Promise.all(record.hosts.map((host) => installImage(host.socket, tar)));
}

async function startMachine(record: LabRecord, host: HostRecord): Promise<void> {
  // A signal may have removed the lab meanwhile, in a process that had reasons to live on.
  if (!readRecord(record.dir)) throw new Error(`lab ${record.id} was removed while it started`);
  await createHostNetwork(host);
  try {
    await startNamespaces(host);
  } finally {
    writeRecord(record);
  }
}

/** Overlays don't stack on every file system (a container's own root, for one). */
async function overlayWorks(dir: string): Promise<boolean> {
  const base = join(dir, 'overlay-test');
  for (const part of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(base, part), { recursive: true });
  const options = `lowerdir=${base}/lower,upperdir=${base}/upper,workdir=${base}/work`;
  const mount = ['mount', '-t', 'overlay', 'overlay', '-o', options, `${base}/merged`];
  // In a mount namespace of its own: gone with the command.
  return run(['unshare', '--mount', '--propagation', 'private', ...mount]).then(
    () => true,
    () => false,
  );
}
