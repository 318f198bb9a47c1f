import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './packages';
import { cleanEnv, run } from './run';

/** Something the lab can't do without. */
export interface Missing {
  /** What it is, as a person would name it. */
  what: string;
  /** The Debian package that has it; undefined when no package helps. */
  package?: string;
}

/** Command → Debian package (12 and 13). */
const commands: Record<string, string> = {
  dockerd: 'docker.io',
  containerd: 'containerd',
  runc: 'runc',
  // From Debian 13 on in docker-cli, which docker.io recommends.
  docker: 'docker.io',
  ip: 'iproute2',
  tc: 'iproute2',
  iptables: 'iptables',
  iperf3: 'iperf3',
  busybox: 'busybox-static',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  setsid: 'util-linux',
  mount: 'mount',
  hostname: 'hostname',
  ldd: 'libc-bin',
  // The toolbox of the lab's consoles is made of this machine's programs.
  ndisc6: 'ndisc6',
};

/** What of all that is missing here; empty when a lab can start. */
export async function missingPrerequisites(): Promise<Missing[]> {
  if (process.platform !== 'linux') return [{ what: `Linux (this is ${process.platform})` }];
  if (process.getuid?.() !== 0) return [{ what: 'root' }];
  const absent = Object.entries(commands)
    .filter(([command]) => !isInstalled(command))
    .map(([command, name]) => ({ what: command, package: name }));
  return absent.length > 0 ? absent : missingInKernel();
}

/**
 * Makes sure that a lab can start. With `install`, missing Debian packages are installed where that is possible: as
 * root and with apt.
 * @throws Error naming in one line all that is missing, and how to get it.
 */
export async function ensurePrerequisites(
  options: { install?: boolean; onProgress?: (line: string) => void } = {},
): Promise<void> {
  let missing = await missingPrerequisites();
  const packages = packagesFor(missing);
  if (options.install && packages.length > 0 && isInstalled('apt-get')) {
    options.onProgress?.(`installing ${packages.join(', ')}`);
    await installPackages(packages);
    missing = await missingPrerequisites();
  }
  if (missing.length > 0) throw new Error(describe(missing));
}

/** One line for a person. */
export function describe(missing: Missing[]): string {
  const packages = packagesFor(missing);
  const remedy = packages.length > 0 ? `; on Debian: apt-get install ${packages.join(' ')}` : '';
  return `The lab needs ${missing.map(({ what }) => what).join(', ')}${remedy}`;
}

const packagesFor = (missing: Missing[]) => [...new Set(missing.flatMap((one) => one.package ?? []))];

function isInstalled(command: string): boolean {
  return (cleanEnv.PATH ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Tried rather than looked up: drivers may be built in, loadable, or forbidden to this (virtual) machine. */
const kernelTrials: Record<string, string> = {
  'the kernel drivers veth and macvlan':
    'ip link add v0 type veth peer name v1 && ip link add m0 link v0 type macvlan mode bridge',
  'the kernel driver bridge': 'ip link add b0 type bridge',
  'iptables with a nat table in the kernel': 'iptables -w -t nat -L -n',
};

async function missingInKernel(): Promise<Missing[]> {
  const missing: Missing[] = [];
  if (!/ - cgroup2? /.test(readFileSync('/proc/self/mountinfo', 'utf8'))) {
    missing.push({ what: 'mounted cgroups', package: 'cgroupfs-mount' });
  }
  for (const [what, trial] of Object.entries(kernelTrials)) {
    await run(['unshare', '--net', 'sh', '-c', trial]).catch(() => missing.push({ what }));
  }
  return missing;
}
