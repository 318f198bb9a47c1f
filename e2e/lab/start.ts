import { mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startDaemon } from './daemon';
import { isPodman, packageSetOf, type EngineKind } from './engines';
import { atExit } from './exit';
import { openHost, type LabHost } from './host';
import { loadImage, savedImage } from './image';
import { labDir, labImage, labRoot, maxHosts, planHost, switchNetns } from './layout';
import { startNamespaces } from './namespace';
import { createHostNetwork, createSwitch } from './network';
import { ensurePrerequisites } from './prerequisites';
import { bootId, identify } from './procfs';
import { readRecord, writeRecord, type HostRecord, type LabRecord } from './record';
import { removeLab, removeLeftovers } from './remove';
import { makeCertificates } from './remote/certificates';
import { startForwarder } from './remote/forward';
import { sshTarget } from './remote/ssh';
import { startSshd } from './remote/sshd';
import { tlsTarget } from './remote/tls';
import { run } from './run';
import { startSamples } from './samples';
import { unpacked } from './unpack';

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

/** What a host is to be. */
export interface HostOptions {
  /** Default `docker`, the machine's own. */
  engine?: EngineKind;
  /** Its engine is reached over TCP too, with certificates at both ends; not for Podman, which has no such thing. */
  tls?: boolean;
  /** It runs an sshd. */
  ssh?: boolean;
}

export interface LabOptions {
  /** How many, each with the machine's own engine, or what each is to be. Default 2. */
  hosts?: number | readonly HostOptions[];
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
  const hosts = hostsOf(options.hosts ?? 2);
  await ensurePrerequisites();
  for (const id of removeLeftovers()) say(`removed lab ${id}, whose owner is gone`);
  const record = reserve(options.interactive ?? false);
  const forget = atExit(() => removeLab(record));
  try {
    await build(record, hosts, say);
    const lab = openLab(record, forget);
    if (options.samples) await startSamples(lab, say);
    return lab;
  } catch (error) {
    forget();
    removeLab(record);
    throw error;
  }
}

const isRemote = ({ tls, ssh }: HostOptions): boolean => Boolean(tls) || Boolean(ssh);

function hostsOf(wanted: number | readonly HostOptions[]): readonly HostOptions[] {
  const count = typeof wanted === 'number' ? wanted : wanted.length;
  if (!Number.isInteger(count) || count < 1 || count > maxHosts) {
    throw new Error(`a lab has 1 to ${maxHosts} hosts, not ${count}`);
  }
  const hosts: readonly HostOptions[] =
    typeof wanted === 'number' ? Array.from({ length: count }, () => ({})) : wanted;
  if (hosts.some(({ engine, tls }) => engine && isPodman(engine) && tls))
    throw new Error('Podman has no TLS');
  return hosts;
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

async function build(
  record: LabRecord,
  hosts: readonly HostOptions[],
  say: (line: string) => void,
): Promise<void> {
  record.hosts = await planHosts(record, hosts, say);
  say(`lab ${record.id}: ${hosts.length} hosts on one LAN`);
  await createSwitch(record.id);
  const image = savedImage();
  // Started together below; a failure here must not surface as an unhandled rejection before it is awaited.
  image.catch(() => undefined);
  await openPorts(record, hosts);
  for (const host of record.hosts) await startMachine(record, host);
  for (const host of record.hosts) {
    if (host.tls) await makeCertificates(host);
    // One after the other: they share the admin's keys, which the first one makes.
    if (host.ssh) await startSshd(host);
  }
  say('starting the engines');
  await Promise.all(record.hosts.map(startDaemon));
  say('loading the image');
  const tar = await image;
  await Promise.all(record.hosts.map((host) => loadImage(host.socket, tar)));
}

async function planHosts(
  record: LabRecord,
  hosts: readonly HostOptions[],
  say: (line: string) => void,
): Promise<HostRecord[]> {
  const storageDriver = (await overlayWorks(record.dir)) ? 'overlay2' : 'vfs';
  const planned = hosts.map(({ engine }, index) => planHost(record.id, index, storageDriver, engine));
  for (const [index, host] of planned.entries()) {
    const set = packageSetOf(host.engine, isRemote(hosts[index] ?? {}));
    if (set) host.layer = await unpacked(set, say);
  }
  return planned;
}

/** The ways from the machine's loopback to the hosts that are to be reached so. */
async function openPorts(record: LabRecord, hosts: readonly HostOptions[]): Promise<void> {
  if (!hosts.some(isRemote)) return;
  const forwarder = await startForwarder(
    ['nsenter', `--net=/run/netns/${switchNetns(record.id)}`],
    record.dir,
  );
  // It has to go before the switch can.
  record.forwarder = forwarder.process;
  writeRecord(record);
  const passphrase = randomBytes(12).toString('base64url');
  for (const [index, host] of record.hosts.entries()) {
    const { tls, ssh } = hosts[index] ?? {};
    if (tls) host.tls = { port: await forwarder.open(tlsTarget(host)) };
    if (ssh) host.ssh = { port: await forwarder.open(sshTarget(host)), passphrase };
  }
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
