import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { savedImage } from '../image';
import { labImage } from '../layout';
import { bootId, identify, isAlive } from '../procfs';
import { shell } from './agent';
import { loadImage } from './docker-image';
import { atExit } from '../exit';
import { openVlanHost, type VlanHost } from './host';
import { machineImage } from './image';
import { planHosts, runsDir } from './layout';
import { connectMachine, countBoots, launchMachine, untilUp } from './machine';
import { ensureVlanPrerequisites } from './prerequisites';
import { writeRecord, type VlanLabRecord } from './record';
import { removeVlanLab, removeVlanLeftovers } from './remove';
import { machineState } from './state';
import { openTrunk, type Trunk } from './trunk';

/** Two real Docker hosts on a trunk with real 802.1Q, in one virtual machine with a kernel of its own. */
export interface VlanLab {
  readonly id: string;
  /** Holds `console.log`, `v1.log`, `v2.log` (the engines'). */
  readonly dir: string;
  readonly hosts: [VlanHost, VlanHost];
  readonly trunk: Trunk;
  /** Tag of the small image that both engines have. */
  readonly image: string;
  /** The lab as plain data, for {@link openVlanLab} in another process. */
  readonly record: VlanLabRecord;
  /** Reboots the machine in order; resolves when the engines answer again, at the same endpoints. */
  reboot(): Promise<void>;
  /** What is going on in the machine, for people: the ends of its logs, processes, requests that are being answered. */
  state(): Promise<string>;
  /** Removes every trace. Safe to call twice. With `keepLogs`, gives the folder of the logs that stay. */
  down(options?: { keepLogs?: boolean }): Promise<string | undefined>;
}

/**
 * Starts a VLAN lab that this process owns: it is removed by `down()`, when the process ends, or, after a crash, by
 * the next start. About half a minute, once the machine's image is built.
 * @throws Error when a prerequisite is missing or something does not start; nothing but logs is left behind then.
 */
export async function startVlanLab(
  options: { interactive?: boolean; onProgress?: (line: string) => void } = {},
): Promise<VlanLab> {
  const say = options.onProgress ?? (() => undefined);
  await ensureVlanPrerequisites();
  for (const id of removeVlanLeftovers()) say(`removed VLAN lab ${id}, whose owner is gone`);
  const image = await machineImage(say);
  const record = reserve(options.interactive ?? false);
  const forget = atExit(() => {
    removeVlanLab(record);
  });
  try {
    say('booting the machine');
    await connectMachine(record);
    const child = launchMachine(record, image);
    writeRecord(record);
    const tar = savedImage();
    // Awaited only once the machine is up; a failure until then must not surface as an unhandled rejection.
    tar.catch(() => undefined);
    await untilUp(record, 1, () => child.exitCode !== null || child.signalCode !== null || !child.pid);
    say('loading the image');
    const lab = openVlanLab(record, forget);
    for (const { endpoint } of lab.hosts) await loadImage(endpoint, await tar);
    return lab;
  } catch (error) {
    forget();
    const logs = removeVlanLab(record, true);
    if (logs) say(`logs are in ${logs}`);
    throw error;
  }
}

/** A handle on a running lab from its record. `forget` undoes what the owner arranged for its exit. */
export function openVlanLab(record: VlanLabRecord, forget: () => void = () => undefined): VlanLab {
  const [first, second] = record.hosts;
  if (!first || !second) throw new Error('a VLAN lab has two hosts');
  return {
    id: record.id,
    dir: record.dir,
    hosts: [openVlanHost(record, first), openVlanHost(record, second)],
    trunk: openTrunk(record),
    image: record.image,
    record,
    reboot: async () => {
      const boots = countBoots(record);
      await shell(record.shellPort, 'exec /run/lab/guest/reboot.sh', { argv: ['reboot'] });
      const { machine } = record;
      await untilUp(record, boots + 1, () => !machine || !isAlive(machine));
    },
    state: () => machineState(record),
    down: (options = {}) => {
      forget();
      return Promise.resolve(removeVlanLab(record, options.keepLogs));
    },
  };
}

/** Takes an id and a folder. The folder appears with its record in it: a lab without owner never shows. */
function reserve(interactive: boolean): VlanLabRecord {
  const owner = identify(process.pid);
  if (!owner) throw new Error('/proc is not readable');
  const id = randomBytes(3).toString('hex');
  const dir = join(runsDir, id);
  const identity = { id, dir, image: labImage, bootId: bootId(), owner, interactive };
  // Their ports come with the machine's connection.
  const record = { ...identity, shellPort: 0, hosts: planHosts([]) };
  mkdirSync(runsDir, { recursive: true });
  const draft = mkdtempSync(join(runsDir, '.new-'));
  writeRecord({ ...record, dir: draft });
  renameSync(draft, dir);
  writeRecord(record);
  return record;
}
