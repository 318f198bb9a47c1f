import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnv, run } from '../run';
import { identify } from '../procfs';
import { guestDir, imagesDir } from './layout';

/** A machine that can be booted, as files. Never written to: each lab's changes go elsewhere. */
export interface MachineImage {
  disk: string;
  kernel: string;
  /** A cpio archive without compression: others may be appended. */
  initrd: string;
}

const builder = join(guestDir, 'build-image.sh');

/**
 * The machine's image, built unless there is one from the same inputs: Debian packages are downloaded then.
 * @throws CommandError with the builder's words; nothing is left behind.
 */
export async function machineImage(say: (line: string) => void): Promise<MachineImage> {
  const hash = createHash('sha256').update(await readFile(builder));
  const dir = join(imagesDir, hash.digest('hex').slice(0, 16));
  if (!existsSync(dir)) await build(dir, say);
  return { disk: join(dir, 'disk.img'), kernel: join(dir, 'vmlinuz'), initrd: join(dir, 'initrd.img') };
}

async function build(dir: string, say: (line: string) => void): Promise<void> {
  say('building the machine from Debian packages: two to five minutes, once');
  mkdirSync(imagesDir, { recursive: true });
  removeDrafts();
  const draft = mkdtempSync(join(imagesDir, `draft-${process.pid}-`));
  try {
    const env = { ...cleanEnv, ...(await proxy()) };
    // Whatever the builder mounts and starts ends with it, and it ends with us.
    const own = [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child=SIGKILL',
      '--mount-proc',
      '--propagation',
      'private',
    ];
    await run(
      [
        'setpriv',
        '--pdeathsig',
        'KILL',
        'nice',
        '-n',
        '5',
        'unshare',
        ...own,
        builder,
        draft,
        await mirror(),
      ],
      { env, timeout: 1_800_000 },
    );
    // Images of other inputs are of no use any more; a machine that runs from one keeps its open files.
    for (const old of readdirSync(imagesDir).filter((name) => !name.startsWith('draft-'))) {
      rmSync(join(imagesDir, old), { recursive: true, force: true });
    }
    renameSync(draft, dir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Drafts of builders that were killed. */
function removeDrafts(): void {
  for (const name of readdirSync(imagesDir)) {
    const pid = /^draft-(\d+)-/.exec(name)?.[1];
    if (pid && !identify(Number(pid))) rmSync(join(imagesDir, name), { recursive: true, force: true });
  }
}

/** Where this machine gets its own Debian packages from. @throws Error when apt knows no such place. */
async function mirror(): Promise<string> {
  const format = '$(SITE)|$(LABEL)|$(COMPONENT)';
  const targets = await run(['apt-get', 'indextargets', '--format', format]).catch(() => '');
  const debian = targets.split('\n').map((line) => line.split('|'));
  const own = debian.find(
    ([site, label, part]) => site?.startsWith('http') && label === 'Debian' && part === 'main',
  );
  if (own?.[0]) return own[0];
  throw new Error('The VLAN lab builds its machine from Debian packages, and apt has no source of them here');
}

/** debootstrap downloads by itself: it knows the environment's proxy, and not apt's. */
async function proxy(): Promise<NodeJS.ProcessEnv> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'].filter((name) => process.env[name]);
  const inherited = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const apt = await run(['apt-config', 'dump', '--format', '%v', 'Acquire::http::Proxy']).catch(() => '');
  return apt ? { http_proxy: apt, ...inherited } : inherited;
}
