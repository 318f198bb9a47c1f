import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, pruneCache } from '../cache';
import { debianMirror } from '../mirror';
import { cleanEnv, run } from '../run';
import { unpacked } from '../unpack';
import { guestDir, imagesDir } from './layout';

/** A machine that can be booted, as files. Never written to: each lab's changes go elsewhere. */
export interface MachineImage {
  disk: string;
  /** Linux as a program (User Mode Linux). */
  linux: string;
  /** The loader and the C library that it runs with, and that are not this machine's. */
  libraries: readonly [string, string];
  /** Of the same disk, with a kernel that has 802.11, for an emulator. */
  radio: {
    kernel: string;
    /** A cpio archive without compression: others may be appended. */
    initrd: string;
  };
}

const builder = join(guestDir, 'build-image.sh');
/**
 * From 6.16 on, a program in it makes its system calls by seccomp instead of ptrace: measured here, a call takes 0.07
 * instead of 0.17 ms, and a third of the processor time. Debian 12 and 13 have older ones.
 */
const kernel = { name: 'vlan-kernel', release: 'testing', packages: ['user-mode-linux'] } as const;
/** All that the image is made from, besides the packages. */
const inputs = [builder, join(guestDir, 'first.sh'), join(guestDir, 'radio-init.sh')];

/**
 * The machine's image, built unless there is one from the same inputs: Debian packages are downloaded then.
 * @throws CommandError with the builder's words; nothing is left behind.
 */
export async function machineImage(say: (line: string) => void): Promise<MachineImage> {
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(await readFile(file));
  const name = hash.update(JSON.stringify(kernel)).digest('hex').slice(0, 16);
  const dir = await cachedFolder(imagesDir, name, (draft) => build(draft, say));
  // Images of other inputs are of no use any more; a machine that runs from one keeps its open files.
  pruneCache(imagesDir, (other) => other === name);
  const file = (each: string) => join(dir, each);
  const radio = { kernel: file('vmlinuz'), initrd: file('initrd.img') };
  const libraries = [file('ld-linux-x86-64.so.2'), file('libc.so.6')] as const;
  return { disk: file('disk.img'), linux: file('linux'), libraries, radio };
}

async function build(draft: string, say: (line: string) => void): Promise<void> {
  say('building the machine from Debian packages: two to five minutes, once');
  const env = { ...cleanEnv, ...(await proxy()) };
  // Whatever the builder mounts and starts ends with it, and it ends with us.
  const own = [
    ...['setpriv', '--pdeathsig', 'KILL', 'nice', '-n', '5'],
    ...['unshare', '--mount', '--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'],
    ...['--propagation', 'private'],
  ];
  const kernelDir = await unpacked(kernel, say);
  await run([...own, builder, draft, await debianMirror(), kernelDir], { env, timeout: 1_800_000 });
}

/** debootstrap downloads by itself: it knows the environment's proxy, and not apt's. */
async function proxy(): Promise<NodeJS.ProcessEnv> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'].filter((name) => process.env[name]);
  const inherited = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const apt = await run(['apt-config', 'dump', '--format', '%v', 'Acquire::http::Proxy']).catch(() => '');
  return apt ? { http_proxy: apt, ...inherited } : inherited;
}
