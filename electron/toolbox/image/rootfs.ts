import { readFile, realpath } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pack, type Pack } from 'tar-stream';
import type { Tools } from './tools';

/** The same contents give the same tar, byte for byte, and so the same image id. */
const mtime = new Date(0);

const directories = ['bin', 'dev', 'etc', 'proc', 'sys', 'tmp', 'usr', 'usr/sbin'];

/** Debian's /bin and /lib are links into /usr: each file goes where the loader looks for it. */
async function addFile(tar: Pack, name: string, source: string, mode = 0o755): Promise<void> {
  tar.entry({ name: name.replace(/^\//, ''), mode, mtime }, await readFile(await realpath(source)));
}

/** The toolbox's file system as a tar. See assets/toolbox/Dockerfile. */
export async function buildRootfs(tools: Tools): Promise<Buffer> {
  const tar = pack();
  const whole = buffer(tar);
  for (const name of directories) tar.entry({ name, type: 'directory', mode: 0o755, mtime });
  tar.entry(
    { name: 'etc/passwd', mtime },
    'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n',
  );
  tar.entry({ name: 'etc/group', mtime }, 'root:x:0:\nnogroup:x:65534:\n');
  await addFile(tar, 'bin/busybox', tools.busybox);
  for (const applet of tools.applets) {
    tar.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox', mtime });
  }
  for (const [name, path] of tools.programs) await addFile(tar, `usr/sbin/${name}`, path);
  for (const [name, path] of tools.libraries) await addFile(tar, name, path);
  for (const [name, path] of tools.documents) await addFile(tar, name, path, 0o644);
  tar.finalize();
  return whole;
}
