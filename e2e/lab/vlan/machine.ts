import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { readIfThere } from '../files';
import { until } from '../poll';
import { identify } from '../procfs';
import { cleanEnv } from '../run';
import type { MachineImage } from './image';
import { guestPorts, logFiles } from './layout';
import { pressReset } from './monitor';
import type { VlanLabRecord } from './record';

/** Printed on the console by init.sh when hosts and trunk are there, or if it gave up. */
const isUp = /^trunkline: up/gm;
const isBroken = /^trunkline: failed|Kernel panic/m;

export const consoleLog = (record: VlanLabRecord) => readIfThere(join(record.dir, logFiles[0]));
/** How often the machine has booted. */
export const countBoots = (record: VlanLabRecord) => consoleLog(record).match(isUp)?.length ?? 0;

/** Ports that are free now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  try {
    for (let index = 0; index < count; index++) servers.push(await listening());
    return servers.map((server) => (server.address() as AddressInfo).port);
  } finally {
    for (const server of servers) server.close();
  }
}

function listening(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

/**
 * Starts qemu and records it. It ends with the process that started it (PDEATHSIG), however that ends.
 * Software emulation always: KVM may look present and still not boot a guest.
 */
export function launchMachine(record: VlanLabRecord, image: MachineImage, initrd: string): ChildProcess {
  const log = openSync(join(record.dir, 'qemu.log'), 'a');
  const argv = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...qemuArgs(record, image, initrd)];
  // A session of its own: Ctrl-C is for the owner, who then removes the lab in order.
  const child = spawn('setpriv', argv, { env: cleanEnv, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  // Its failure to start shows as an exit, too.
  child.on('error', () => undefined);
  child.unref();
  record.machine = child.pid === undefined ? undefined : identify(child.pid);
  return child;
}

function qemuArgs(record: VlanLabRecord, image: MachineImage, initrd: string): string[] {
  const ports = [...record.hosts.map(({ port }) => port), record.shellPort];
  const forwards = ports.map((port, index) => `hostfwd=tcp:127.0.0.1:${port}-:${guestPorts[index] ?? 0}`);
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35'],
    // la57: page tables of five levels cost the emulation more, and nobody needs them.
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max,la57=off', '-smp', '2', '-m', '1536'],
    ...['-kernel', image.kernel, '-initrd', initrd],
    ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on'],
    // snapshot: what is written goes to an unlinked file, outlives a reboot of the guest, and ends with qemu.
    ...['-drive', `file=${image.disk.replaceAll(',', ',,')},if=virtio,format=raw,snapshot=on,cache=unsafe`],
    ...['-device', 'virtio-rng-pci'],
    ...logFiles.flatMap((name) => ['-serial', `file:${join(record.dir, name)}`]),
    ...['-qmp', `tcp:127.0.0.1:${record.monitorPort},server=on,wait=off`],
    // restrict: the guest reaches nothing outside.
    ...['-nic', ['user', 'model=virtio-net-pci', 'restrict=on', ...forwards].join(',')],
  ];
}

/**
 * Waits until the machine has booted `boots` times and its engines answer. An emulated one hangs now and then, at its
 * shutdown or in its boot, when the machine around it is busy: it is reset then as by its button, twice at most. The
 * limits are generous: one that is merely slow would only lose time by it.
 * @throws Error with the log's end.
 */
export async function untilUp(
  record: VlanLabRecord,
  boots: number,
  hasEnded: () => boolean,
  say: (line: string) => void,
): Promise<void> {
  let wanted = boots;
  // A panic before a reset says nothing about what follows it.
  let from = 0;
  for (let resets = 0; ; resets++) {
    try {
      await isThere(record, wanted, hasEnded, from);
      return;
    } catch (error) {
      const problem = new Error(`${(error as Error).message}\n${tails(record)}`, { cause: error });
      if (resets === 2 || hasEnded()) throw problem;
      say(`the machine is reset: ${problem.message}`);
      wanted = countBoots(record) + 1;
      from = consoleLog(record).length;
      await pressReset(record.monitorPort);
    }
  }
}

async function isThere(
  record: VlanLabRecord,
  boots: number,
  hasEnded: () => boolean,
  from: number,
): Promise<void> {
  await until(
    'the machine to boot',
    () => {
      if (hasEnded() || isBroken.test(consoleLog(record).slice(from)))
        throw new Error('the machine did not start');
      return countBoots(record) >= boots;
    },
    240_000,
  );
  for (const { name, port } of record.hosts) {
    await until(`the engine of ${name} to answer`, () => pings(port), 300_000);
  }
}

async function pings(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/_ping`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

const tails = (record: VlanLabRecord) =>
  ['qemu.log', ...logFiles]
    .map((name) => `── ${name}\n${readIfThere(join(record.dir, name)).split('\n').slice(-15).join('\n')}`)
    .join('\n');
