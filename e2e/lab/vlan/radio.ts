import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, run } from '../run';
import { machineImage } from './image';
import { runsDir } from './layout';

/**
 * Boots a machine with a simulated 802.11 radio (`wlan0`, mac80211_hwsim), runs a shell script there as root, and gives
 * what it printed. Linux as a program knows no 802.11, so this is an emulated processor: ten times as slow, and without
 * engines. It ends with this process. @throws CommandError with what it said when the script did not come to its end.
 */
export async function runBesideRadio(script: string): Promise<string> {
  const { disk, radio } = await machineImage(() => undefined);
  mkdirSync(runsDir, { recursive: true });
  const dir = mkdtempSync(join(runsDir, `.radio-${process.pid}-`));
  try {
    const initrd = await initrdWith(script, radio.initrd, dir);
    // A file: what goes to a pipe is lost in part when the pipe is full.
    const log = join(dir, 'console.log');
    await run(
      ['setpriv', '--pdeathsig', 'KILL', ...emulator(disk, radio.kernel, initrd), '-serial', `file:${log}`],
      { env: cleanEnv, timeout: 180_000 },
    );
    const said = readFileSync(log, 'utf8');
    const output = /^trunkline: begin\n([\s\S]*)^trunkline: end$/m.exec(said.replaceAll('\r', ''))?.[1];
    if (output === undefined) throw new Error(`the machine with a radio did not come to its end:\n${said}`);
    return output;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The kernel unpacks one archive after the other: so a script needs no new image. */
async function initrdWith(script: string, base: string, dir: string): Promise<string> {
  const tree = join(dir, 'tree');
  mkdirSync(tree);
  writeFileSync(join(tree, 'script'), script);
  const archive = join(dir, 'script.cpio');
  await run(['sh', '-ec', 'cd "$1"; find . | busybox cpio -o -H newc >"$2"', 'sh', tree, archive]);
  const file = join(dir, 'initrd.img');
  writeFileSync(file, Buffer.concat([readFileSync(base), readFileSync(archive)]));
  return file;
}

// The disk may be another machine's meanwhile, which reads it as this one does.
const emulator = (disk: string, kernel: string, initrd: string) => [
  ...['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none', '-machine', 'q35'],
  // Software always: KVM may look present and still not boot a guest. la57: page tables of five levels cost more.
  ...['-accel', 'tcg,thread=multi', '-cpu', 'max,la57=off', '-smp', '1', '-m', '512', '-no-reboot'],
  ...['-kernel', kernel, '-initrd', initrd, '-append', 'console=ttyS0 quiet panic=-1 mitigations=off'],
  ...[
    '-drive',
    `file=${disk.replaceAll(',', ',,')},if=virtio,format=raw,snapshot=on,cache=unsafe,file.locking=off`,
  ],
];
