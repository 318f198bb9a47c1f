import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, linkSync, mkdirSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readIfThere } from '../files';
import { until } from '../poll';
import { identify } from '../procfs';
import { startForwarder } from '../remote/forward';
import { cleanEnv, run } from '../run';
import type { MachineImage } from './image';
import { guestAddress, guestDir, guestPorts, logFiles } from './layout';
import { writeRecord, type VlanLabRecord } from './record';

/** Printed on the console by init.sh when hosts and trunk are there, or if it gave up. */
const isUp = /^trunkline: up/gm;
const isBroken = /^trunkline: failed|Kernel panic/m;

const consoleFile = (record: VlanLabRecord) => join(record.dir, logFiles[0]);
export const consoleLog = (record: VlanLabRecord) => readIfThere(consoleFile(record));
/** How often the machine has booted. */
export const countBoots = (record: VlanLabRecord) => consoleLog(record).match(isUp)?.length ?? 0;

/**
 * Joins the machine's wire to the lab: a forwarder in a network namespace of its own, with the tap that the machine
 * will take as its NIC, and the ports on loopback that lead inside.
 */
export async function connectMachine(record: VlanLabRecord): Promise<void> {
  const forwarder = await startForwarder(['unshare', '--net'], record.dir);
  record.forwarder = forwarder.process;
  writeRecord(record);
  const open = (port: number) => forwarder.open({ host: guestAddress, port });
  // The first answer comes from inside: before it, the namespace may still be the one that this process is in.
  record.shellPort = await open(guestPorts.shell);
  for (const [index, host] of record.hosts.entries()) host.port = await open(guestPorts.engines[index] ?? 0);
  // Whole segments of 64 kB, as a tap takes them, are lost on their way into the machine.
  await run([
    ...[...inWire(record), 'sh', '-ec'],
    `ip tuntap add tap0 mode tap
     ip addr add 10.0.2.2/24 dev tap0
     ip link set tap0 up gso_max_size 1500 gso_max_segs 1`,
  ]);
}

function inWire({ forwarder }: VlanLabRecord): string[] {
  if (!forwarder) throw new Error('the lab’s forwarder has ended');
  return ['nsenter', `--net=/proc/${forwarder.pid}/ns/net`];
}

/**
 * Starts the machine and records it: Linux as a program (User Mode Linux), in a process namespace of its own. It ends
 * with the process that started it (PDEATHSIG), however that ends, and all that it runs with it.
 */
export function launchMachine(record: VlanLabRecord, image: MachineImage): ChildProcess {
  cpSync(guestDir, join(record.dir, 'guest'), { recursive: true });
  // It is started anew at a reboot, when the image may have been replaced by another.
  const files = [image.linux, image.disk, ...image.libraries];
  const [linux, disk, loader, libc] = files.map((file) => linkInto(record.dir, file)) as [
    string,
    string,
    string,
    string,
  ];
  const log = openSync(consoleFile(record), 'a');
  const own = [
    'setpriv',
    '--pdeathsig',
    'KILL',
    'unshare',
    '--pid',
    '--fork',
    '--kill-child=SIGKILL',
    '--mount',
    ...['sh', '-c', power, 'sh', loader, libc],
  ];
  const [program = '', ...argv] = [...inWire(record), ...own, linux, ...kernelArgs(record, disk)];
  // A session of its own: Ctrl-C is for the owner, who then removes the lab in order.
  // Its memory, which must be executable: /dev/shm is small and is not, in some containers.
  const memory = join(record.dir, 'memory');
  mkdirSync(memory);
  const child = spawn(program, argv, {
    env: { ...cleanEnv, TMPDIR: memory },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  // Its failure to start shows as an exit, too.
  child.on('error', () => undefined);
  child.unref();
  record.machine = child.pid === undefined ? undefined : identify(child.pid);
  return child;
}

function linkInto(dir: string, file: string): string {
  const own = join(dir, basename(file));
  linkSync(file, own);
  return own;
}

/**
 * Loader and C library take the place of the machine's own, for what runs in here: called by its loader, the kernel would
 * take that one's end for its own. Between the two, only what needs neither can run.
 *
 * Its own reboot would keep the tap open and take it for another's: it powers off instead, and is switched on again.
 */
const power = `
mount -t tmpfs memory "$TMPDIR"
busybox mount --bind "$1" "$(realpath /lib64/ld-linux-x86-64.so.2)"
busybox mount --bind "$2" /lib/x86_64-linux-gnu/libc.so.6
shift 2
while "$@"; do :; done`;

const kernelArgs = ({ dir }: VlanLabRecord, disk: string) => [
  // What is written goes to the lab's folder, and outlives a reboot.
  ...[`ubd0=${join(dir, 'disk.cow')},${disk}`, 'root=/dev/ubda', 'rw', 'init=/sbin/lab-init'],
  // The only folder outside that it reads or writes.
  `hostfs=${dir}`,
  ...['mem=1536M', 'vec0:transport=tap,ifname=tap0,depth=128', `uml_dir=${dir}`],
  ...['con0=null,fd:1', 'con=null', 'ssl=null', 'quiet', 'random.trust_cpu=on', 'seccomp=on'],
];

/**
 * Waits until the machine has booted `boots` times and its engines answer. The limits are generous: one that is merely
 * slow would only lose time by it.
 * @throws Error with the log's end.
 */
export async function untilUp(record: VlanLabRecord, boots: number, hasEnded: () => boolean): Promise<void> {
  try {
    await isThere(record, boots, hasEnded);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${tails(record)}`, { cause: error });
  }
}

async function isThere(record: VlanLabRecord, boots: number, hasEnded: () => boolean): Promise<void> {
  await until(
    'the machine to boot',
    () => {
      if (hasEnded() || isBroken.test(consoleLog(record))) throw new Error('the machine did not start');
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
  logFiles
    .map((name) => `── ${name}\n${readIfThere(join(record.dir, name)).split('\n').slice(-15).join('\n')}`)
    .join('\n');
