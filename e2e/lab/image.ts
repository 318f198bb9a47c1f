import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack, type Pack } from 'tar-stream';
import { callEngine } from './engine-api';
import { labImage } from './layout';
import { run } from './run';

/** Real tools that busybox has no equal for: known transfers, and NIC and traffic-control facts. */
const tools = ['/usr/bin/iperf3', '/sbin/ip', '/sbin/tc'];

/** The same file system for each engine: busybox with its applets, iperf3, ip and tc with their libraries. */
async function buildRootfs(): Promise<Buffer> {
  const tar = pack();
  const whole = buffer(tar);
  for (const name of ['tmp', 'proc', 'sys', 'dev', 'etc', 'root', 'www', 'var', 'run']) {
    tar.entry({ name, type: 'directory', mode: name === 'tmp' ? 0o1777 : 0o755 });
  }
  await addBusybox(tar);
  for (const tool of tools) await addFile(tar, `/usr/sbin/${basename(tool)}`, tool);
  for (const library of await librariesOf(tools)) await addFile(tar, library, library);
  tar.entry({ name: 'etc/passwd' }, 'root:x:0:0:root:/root:/bin/sh\n');
  tar.entry({ name: 'etc/group' }, 'root:x:0:\n');
  tar.entry({ name: 'www/index.html' }, 'Trunkline lab\n'.repeat(4_000));
  tar.finalize();
  return whole;
}

async function addBusybox(tar: Pack): Promise<void> {
  await addFile(tar, '/bin/busybox', '/bin/busybox');
  const applets = (await run(['/bin/busybox', '--list']))
    .split('\n')
    .filter((name) => name && name !== 'busybox');
  for (const applet of applets) tar.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' });
}

/** Debian's /bin and /lib are links into /usr: each file goes where the loader looks for it. */
async function addFile(tar: Pack, name: string, source: string): Promise<void> {
  tar.entry({ name: name.slice(1), mode: 0o755 }, await readFile(await realpath(source)));
}

/** Paths that ldd names, the loader itself included: `libc.so.6 => /lib/…/libc.so.6 (0x…)` or `/lib64/ld… (0x…)`. */
async function librariesOf(programs: string[]): Promise<string[]> {
  const lists = await Promise.all(programs.map((program) => run(['ldd', program])));
  return [...new Set(lists.flatMap((list) => list.match(/\/\S+(?= \(0x)/g) ?? []))];
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');

/**
 * The image as `docker load` takes it. Made here: a build costs an engine several times as much, and an import takes no
 * stop signal. Source: the image specification, v1.2.
 */
export async function savedImage(): Promise<Buffer> {
  const layer = await buildRootfs();
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    // STOPSIGNAL: `sleep` as first process ignores SIGTERM, and each stop would take ten seconds.
    config: { Env: ['PATH=/usr/sbin:/bin'], Cmd: ['sleep', '2147483647'], StopSignal: 'SIGKILL' },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created_by: 'trunkline lab' }],
  });
  const name = `${sha256(config)}.json`;
  const tar = pack();
  const whole = buffer(tar);
  tar.entry({ name }, config);
  tar.entry({ name: 'layer.tar' }, layer);
  tar.entry(
    { name: 'manifest.json' },
    JSON.stringify([{ Config: name, RepoTags: [labImage], Layers: ['layer.tar'] }]),
  );
  tar.finalize();
  return whole;
}

/** Gives an engine on a socket what {@link savedImage} made. @throws Error with the engine's words. */
export async function loadImage(socket: string, saved: Buffer): Promise<void> {
  const answer = await callEngine(socket, 'POST', '/images/load?quiet=1', saved);
  // Failures after the first byte come in the body of a 200.
  if (answer.status !== 200 || /"error(Detail)?":/.test(JSON.stringify(answer.body)))
    throw new Error(`loading the lab image on ${socket}: ${JSON.stringify(answer.body)}`);
}
