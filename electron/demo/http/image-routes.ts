import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { DemoEngine, DemoImage } from '../engine/engine';
import { badRequest, notFound, systemError } from '../engine/errors';
import { hashText, Random } from '../engine/random';
import { sendJson } from './answers';
import type { Call, Router } from './router';

const withTag = (reference: string): string =>
  /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;

const findImage = (engine: DemoEngine, reference: string): DemoImage | undefined =>
  engine.images.find(({ tag, id }) => tag === withTag(reference) || id === reference);

/** Texts of a tar's small files, by name, and the tar's size in bytes. @throws EngineError 500 for what is no tar */
async function readTar(request: IncomingMessage): Promise<{ files: Map<string, string>; size: number }> {
  const data = await buffer(request);
  const files = new Map<string, string>();
  const tar = extract();
  Readable.from([data]).pipe(tar);
  try {
    for await (const entry of tar) {
      if ((entry.header.size ?? 0) < 100_000) files.set(entry.header.name, (await buffer(entry)).toString());
      else entry.resume();
    }
  } catch {
    throw systemError('archive/tar: invalid tar header');
  }
  return { files, size: data.length };
}

function put(engine: DemoEngine, tag: string, size: number, labels: Record<string, string>): DemoImage {
  const known = engine.images.findIndex((image) => image.tag === tag);
  if (known >= 0) engine.images.splice(known, 1);
  const id = `sha256:${new Random(hashText(`${tag}/${JSON.stringify(labels)}`)).hex(64)}`;
  const image = { id, tag, created: engine.clock(), size, command: ['sh'], shell: true, labels };
  engine.images.push(image);
  return image;
}

async function load({ engine, request, response }: Call): Promise<void> {
  const { files, size } = await readTar(request);
  const manifest = files.get('manifest.json');
  if (manifest === undefined) throw systemError('invalid archive: does not contain a manifest.json');
  for (const { Config, RepoTags } of JSON.parse(manifest) as { Config: string; RepoTags: string[] }[]) {
    const config = JSON.parse(files.get(Config) ?? '{}') as { config?: { Labels?: Record<string, string> } };
    for (const tag of RepoTags) put(engine, tag, size, config.config?.Labels ?? {});
  }
  sendJson(response, { stream: 'Loaded image\n' });
}

/** Only FROM scratch, ADD and LABEL have an effect that anybody could see here. */
async function build({ engine, query, request, response }: Call): Promise<void> {
  const { files, size } = await readTar(request);
  const text = files.get('Dockerfile');
  if (text === undefined) throw systemError('Cannot locate specified Dockerfile: Dockerfile');
  const labels = Object.fromEntries(
    [...text.matchAll(/^LABEL (\S+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const { id } = put(engine, withTag(query.get('t') ?? 'unnamed'), size, labels);
  sendJson(response, { stream: `${id}\n` });
}

function pull({ query }: Call): void {
  const image = query.get('fromImage');
  if (!image) throw badRequest('invalid reference format');
  throw notFound(`the demo reaches no registry: ${image}`);
}

function inspect({ engine, params, response }: Call): void {
  const image = findImage(engine, params[0] ?? '');
  if (!image) throw notFound(`No such image: ${withTag(params[0] ?? '')}`);
  sendJson(response, {
    Id: image.id,
    RepoTags: [image.tag],
    Created: new Date(image.created).toISOString(),
    Architecture: 'amd64',
    Os: 'linux',
    Size: image.size,
    Config: { Cmd: image.command, Labels: image.labels ?? null },
  });
}

function remove({ engine, params, response }: Call): void {
  const image = findImage(engine, params[0] ?? '');
  if (!image) throw notFound(`No such image: ${withTag(params[0] ?? '')}`);
  engine.images.splice(engine.images.indexOf(image), 1);
  sendJson(response, [{ Untagged: image.tag }, { Deleted: image.id }]);
}

export function addImageRoutes(router: Router): void {
  router
    .on('POST', '/images/load', load)
    .on('POST', '/images/create', pull)
    .on('POST', '/build', build)
    .on('GET', '/images/{}/json', inspect)
    .on('DELETE', '/images/{}', remove);
}
