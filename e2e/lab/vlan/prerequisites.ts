import { existsSync } from 'node:fs';
import { installPackages } from '../packages';
import { describe, type Missing } from '../prerequisites';
import { run } from '../run';

/** Command → Debian package (12 and 13). */
const commands: Record<string, string> = {
  // For the machine with a radio.
  'qemu-system-x86_64': 'qemu-system-x86',
  debootstrap: 'debootstrap',
  'mkfs.ext4': 'e2fsprogs',
  busybox: 'busybox-static',
  docker: 'docker.io',
  // The containers' image is that of the other lab.
  iperf3: 'iperf3',
  ip: 'iproute2',
  tc: 'iproute2',
  ldd: 'libc-bin',
  setpriv: 'util-linux',
  unshare: 'util-linux',
};
/** How a machine that is a program has a NIC. */
const tun = '/dev/net/tun';
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** What a VLAN lab needs and is missing here. No driver of this machine's kernel: the lab brings its own. */
export async function missingVlanPrerequisites(): Promise<Missing[]> {
  const { platform, arch } = process;
  if (platform !== 'linux' || arch !== 'x64')
    return [{ what: `Linux on x86-64 (this is ${platform} ${arch})` }];
  if (process.getuid?.() !== 0) return [{ what: 'root' }];
  const absent: Missing[] = existsSync(keyring) ? [] : [{ what: keyring, package: 'debian-archive-keyring' }];
  if (!existsSync(tun)) absent.push({ what: `${tun} (modprobe tun)` });
  for (const [command, name] of Object.entries(commands)) {
    const found = run(['sh', '-c', 'command -v "$1"', 'sh', command]);
    await found.catch(() => absent.push({ what: command, package: name }));
  }
  return absent;
}

/**
 * Makes sure that a VLAN lab can start. With `install`, missing Debian packages are installed where apt is.
 * @throws Error naming in one line all that is missing, and how to get it.
 */
export async function ensureVlanPrerequisites(
  options: { install?: boolean; onProgress?: (line: string) => void } = {},
): Promise<void> {
  let missing = await missingVlanPrerequisites();
  const packages = [...new Set(missing.flatMap((one) => one.package ?? []))];
  if (options.install && packages.length > 0 && existsSync('/usr/bin/apt-get')) {
    options.onProgress?.(`installing ${packages.join(', ')}`);
    await installPackages(packages);
    missing = await missingVlanPrerequisites();
  }
  if (missing.length > 0) throw new Error(describe(missing).replace('The lab', 'The VLAN lab'));
}
