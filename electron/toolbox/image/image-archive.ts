import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { dockerfile, imageEnv, imageLabels, rootfsName } from './definition';

const mtime = new Date(0);

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');

/** `amd64` and the like, as images name what Linux calls `x86_64`. */
export function imageArchitecture(machine: string): string {
  const names: Record<string, string> = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'arm', i686: '386' };
  return names[machine] ?? machine;
}

/** The image's configuration, after the OCI image specification. */
function configOf(rootfs: Buffer, machine: string): string {
  return JSON.stringify({
    architecture: imageArchitecture(machine),
    os: 'linux',
    created: mtime.toISOString(),
    config: { Env: [imageEnv], Cmd: ['sh'], Labels: imageLabels },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(rootfs)}`] },
    history: [{ created: mtime.toISOString(), created_by: 'trunkline' }],
  });
}

/** A tar as `docker save` writes it, of one layer, for `POST /images/load`. `machine` as `uname -m` says. */
export async function imageArchive(rootfs: Buffer, reference: string, machine: string): Promise<Buffer> {
  const config = configOf(rootfs, machine);
  const configName = `${sha256(config)}.json`;
  const tar = pack();
  const whole = buffer(tar);
  tar.entry({ name: configName, mtime }, config);
  tar.entry({ name: 'layer.tar', mtime }, rootfs);
  const manifest = [{ Config: configName, RepoTags: [reference], Layers: ['layer.tar'] }];
  tar.entry({ name: 'manifest.json', mtime }, JSON.stringify(manifest));
  tar.finalize();
  return whole;
}

/** A build context with the definition in it, for `POST /build`. */
export async function buildContext(rootfs: Buffer): Promise<Buffer> {
  const tar = pack();
  const whole = buffer(tar);
  tar.entry({ name: 'Dockerfile', mtime }, dockerfile);
  tar.entry({ name: rootfsName, mtime }, rootfs);
  tar.finalize();
  return whole;
}
