import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { buildRootfs } from '../image';
import { labImage } from '../layout';

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');

/**
 * The containers' image, the same as the other lab's, as `docker load` takes it: made here, because a build would cost
 * the machine's engines ten times as much. Source: the image specification, v1.2.
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

/** @throws Error with the engine's words. */
export async function loadImage(endpoint: string, tar: Buffer): Promise<void> {
  const response = await fetch(`${endpoint.replace('tcp:', 'http:')}/images/load?quiet=1`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar' },
    body: new Uint8Array(tar),
    signal: AbortSignal.timeout(180_000),
  });
  const text = await response.text();
  // Failures after the first byte come in the body of a 200.
  if (!response.ok || text.includes('errorDetail'))
    throw new Error(`loading the image on ${endpoint}: ${text}`);
}
