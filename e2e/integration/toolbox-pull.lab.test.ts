import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildRootfs } from '../../electron/toolbox/image/rootfs';
import { findTools } from '../../electron/toolbox/image/tools';
import { toolboxVersion } from '../../shared/rules';
import { installPackages } from '../lab/packages';
import { startRegistry, type Registry } from '../lab/registry';
import { run } from '../lab/run';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

const lab = freshLab();
const [host] = lab.hosts;
let registry: Registry;
let console: TestConsole;

beforeAll(async () => {
  const there = await run(['docker-registry', '--help']).catch(() => null);
  if (there === null) await installPackages(['docker-registry']);
  registry = await startRegistry(host);
});
afterAll(() => registry.stop());
beforeEach(async () => {
  console = await startConsole([host]);
  await console.value('toolbox.consent', { engineId: console.engineId(host), granted: true });
});
afterEach(() => console.end());

const nameOf = (tag: string) => `${registry.address}/net/toolbox:${tag}`;
const idOf = (image: string) => host.docker('images', '-q', '--no-trunc', image);
const containers = () => host.docker('ps', '-aq');
const pullFrom = (image: string) => console.value('toolbox.configure', { method: 'pull', image });
const facts = () => console.run('host.facts', { engineId: console.engineId(host) });

/** In the registry, and nowhere else: the engine keeps nothing of it. */
async function push(image: string): Promise<void> {
  await host.docker('push', image);
  await host.docker('rmi', image);
  expect(await idOf(image)).toBe('');
}

/** As an admin does who offers the image in a registry: with the definition for people. */
async function publish(image: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-toolbox-'));
  try {
    await copyFile(join(import.meta.dirname, '../../assets/toolbox/Dockerfile'), join(dir, 'Dockerfile'));
    await writeFile(join(dir, 'rootfs.tar'), await buildRootfs(await findTools()));
    await host.docker('build', '-q', '-t', image, dir);
    const id = await idOf(image);
    await push(image);
    return id;
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('the toolbox from a registry', () => {
  it('is pulled, works, is told of, and goes when it is refused', async () => {
    const image = nameOf('1');
    const published = await publish(image);
    await pullFrom(image);
    const answer = await facts();
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.value.nics.map(({ name }) => name)).toContain('eth1');
    expect(await idOf(image)).toBe(published);
    // A pulled image can do what one's own can: with capabilities, too.
    const probed = await console.value('host.probe', {
      engineId: console.engineId(host),
      from: { kind: 'host' },
      addresses: ['10.70.1.1'],
    });
    expect(probed.targets[0]).toMatchObject({ address: '10.70.1.1', answers: true });
    const { engines, size } = await console.value('toolbox.describe', {});
    expect(engines[0]).toMatchObject({ image: { reference: image, version: toolboxVersion } });
    // Nobody knows it beforehand.
    expect(size).toBeNull();
    await console.value('toolbox.consent', { engineId: console.engineId(host), granted: false });
    expect(await idOf(image)).toBe('');
    expect(await containers()).toBe('');
  });

  it('that is something else is neither run nor left on the engine', async () => {
    const image = nameOf('other');
    await host.docker('tag', lab.image, image);
    await push(image);
    await pullFrom(image);
    expect(await facts()).toMatchObject({
      ok: false,
      error: { code: 'toolbox_unavailable', params: { context: 'foreign', image, host: host.name } },
    });
    expect(await idOf(image)).toBe('');
    expect(await idOf(lab.image)).not.toBe('');
    expect(await containers()).toBe('');
  });

  it('that the registry does not have is a failure in the engine’s words', async () => {
    const image = nameOf('missing');
    await pullFrom(image);
    expect(await facts()).toMatchObject({
      ok: false,
      error: {
        code: 'toolbox_unavailable',
        params: { context: 'image', image, host: host.name },
        engineText: expect.stringMatching(/manifest.*(unknown|not found)/) as string,
      },
    });
  });
});
