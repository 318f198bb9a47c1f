import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run';
import { guestDir } from './layout';

/**
 * Writes `dir/initrd.img`: the image's drivers, then the guest's scripts as they are now. (The kernel unpacks one
 * archive after the other.) So a change to a script needs no new image.
 */
export async function writeInitrd(base: string, dir: string): Promise<string> {
  const tree = join(dir, 'initrd');
  mkdirSync(tree);
  cpSync(guestDir, join(tree, 'guest'), { recursive: true });
  copyFileSync(join(guestDir, 'early-init.sh'), join(tree, 'init'));
  const scripts = join(dir, 'scripts.cpio');
  await run(['sh', '-ec', 'cd "$1"; find . | busybox cpio -o -H newc >"$2"', 'sh', tree, scripts]);
  const file = join(dir, 'initrd.img');
  writeFileSync(file, Buffer.concat([readFileSync(base), readFileSync(scripts)]));
  rmSync(tree, { recursive: true });
  rmSync(scripts);
  return file;
}
