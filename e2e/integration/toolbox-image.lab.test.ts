import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../electron/docker';
import { factsTask, removeImage, rootfsSource, Toolbox } from '../../electron/toolbox';
import { ensureImage } from '../../electron/toolbox/image/install';
import { packToolbox } from '../../electron/toolbox/image/pack';
import type { ToolboxSettings } from '../../shared/model';
import { earlierToolboxImages, ownToolboxImage, toolboxVersion } from '../../shared/rules';
import { until } from '../lab';
import { refusal } from './engine-client.helpers';
import { own, source, toolboxLab } from './toolbox.helpers';

const { lab, client, target } = toolboxLab();
const [host] = lab.hosts;

const images = () => host.docker('images', '-q', '--no-trunc', ownToolboxImage);
const containers = () => host.docker('ps', '-aq');

describe('the image', () => {
  it.each(['load', 'build'] as const)('is put there by %s, runs, and is taken away again', async (method) => {
    const settings = { ...own, method };
    // A file before this one may have left it on the lab that both use.
    await removeImage(client(), settings);
    expect(await removeImage(client(), settings)).toBe(false);
    expect(await ensureImage(target(), settings, source)).toBe(ownToolboxImage);
    const id = await images();
    expect(id).toMatch(/^sha256:/);
    const found = await client().images.find(ownToolboxImage);
    expect(found).toMatchObject({ id, labels: { 'io.trunkline.toolbox': toolboxVersion } });
    expect(found!.size).toBeGreaterThan(1e6);
    const { nics } = await new Toolbox({ target: target(), settings, source }).run(factsTask, new Set());
    expect(nics.map(({ name }) => name)).toContain('eth1');
    // Once there, it is used as it is.
    expect(await images()).toBe(id);
    expect(await removeImage(client(), settings)).toBe(true);
    expect(await images()).toBe('');
  });

  it('has the tools by their paths, and the same id however often it is made', async () => {
    await ensureImage(target(), own, source);
    const id = await images();
    const run = (...argv: string[]) =>
      host.docker('run', '--rm', '--network', 'none', ownToolboxImage, ...argv);
    expect(await run('ip', '-V')).toContain('iproute2');
    expect(await run('tc', '-V')).toContain('iproute2');
    await removeImage(client(), own);
    await ensureImage(target(), own, rootfsSource([]));
    expect(await images()).toBe(id);
  });

  it('takes the place of the one that an earlier version made', async () => {
    await ensureImage(target(), own, source);
    const [earlier] = earlierToolboxImages;
    await host.docker('tag', ownToolboxImage, earlier);
    await host.docker('rmi', ownToolboxImage);
    await ensureImage(target(), own, source);
    expect(await host.docker('images', '-q', earlier)).toBe('');
    expect(await images()).not.toBe('');
  });

  it('of a registry that is not there is a clear failure', async () => {
    const settings: ToolboxSettings = { method: 'pull', image: '127.0.0.1:9/nobody/toolbox:1' };
    expect(await refusal(ensureImage(target(), settings, source))).toMatchObject({
      code: 'toolbox_unavailable',
      params: { context: 'image', image: settings.image, host: host.name },
      engineText: expect.stringContaining('127.0.0.1:9') as string,
    });
  });

  it('that is somebody else’s is neither run nor removed', async () => {
    await host.docker('tag', lab.image, ownToolboxImage);
    expect(await refusal(ensureImage(target(), own, source))).toMatchObject({
      code: 'toolbox_unavailable',
      params: { context: 'foreign' },
    });
    expect(await removeImage(client(), own)).toBe(false);
    expect(await images()).not.toBe('');
  });

  it('for another architecture can’t be made here', async () => {
    const strange = { ...target(), architecture: 'riscv64' };
    expect(await refusal(ensureImage(strange, own, source))).toMatchObject({
      code: 'toolbox_unavailable',
      params: { context: 'architecture', architecture: 'riscv64' },
    });
  });
});

describe('the image as packages bring it', () => {
  let dir = '';
  const packed = () => rootfsSource([dir]);
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'trunkline-packed-'));
    for (const architecture of ['x86_64', 'aarch64'] as const) await packToolbox(architecture, dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('works on an engine of this architecture, with its own tools and not this machine’s', async () => {
    const settings = { target: target(), settings: own, source: packed() };
    const { nics } = await new Toolbox(settings).run(factsTask, new Set());
    expect(nics.map(({ name }) => name)).toContain('eth1');
    const run = (...argv: string[]) =>
      host.docker('run', '--rm', '--network', 'none', ownToolboxImage, ...argv);
    expect(await run('ip', '-V')).toContain('iproute2');
    expect(await run('tc', '-V')).toContain('iproute2');
    expect(await run('ls', '/usr/share/doc')).toContain('iproute2');
    expect(await run('ndisc6', '-V')).toContain('ndisc6');
  });

  it('is for the engine’s architecture, whichever this machine has', async () => {
    for (const [named, inImage] of [
      ['aarch64', 'arm64'],
      ['x86_64', 'amd64'],
    ]) {
      await ensureImage({ ...target(), architecture: String(named) }, own, packed());
      expect(await client().images.find(ownToolboxImage)).toMatchObject({ architecture: inImage });
      await removeImage(client(), own);
    }
  });
});

describe('a helper', () => {
  const helper = (command: string[], more: object = {}) => ({
    task: 'test',
    image: lab.image,
    command,
    network: 'none',
    hostPids: false,
    capabilities: [],
    unconfined: false,
    timeoutMs: 20_000,
    ...more,
  });

  it('tells its exit code, output and errors, and is gone', async () => {
    const result = await client().runHelper(helper(['sh', '-c', 'echo out; echo err >&2; id -u; exit 3']));
    expect(result).toEqual({ exitCode: 3, stdout: 'out\n65534\n', stderr: 'err\n' });
    expect(await containers()).toBe('');
  });

  it('has the capabilities that it is given, and no other', async () => {
    const effective = async (capabilities: string[]) => {
      const { stdout } = await client().runHelper(
        helper(['sh', '-c', 'grep CapEff /proc/self/status'], { capabilities }),
      );
      return BigInt(`0x${stdout.trim().split(/\s+/)[1]}`);
    };
    expect(await effective([])).toBe(0n);
    // linux/capability.h: CAP_NET_RAW is 13, CAP_NET_ADMIN 12.
    expect(await effective(['NET_RAW'])).toBe(1n << 13n);
    expect(await effective(['NET_ADMIN', 'NET_RAW'])).toBe((1n << 12n) | (1n << 13n));
  });

  it('that takes too long is stopped and removed', async () => {
    const late = client().runHelper(helper(['sleep', '100000'], { timeoutMs: 500 }));
    expect(await refusal(late)).toMatchObject({
      code: 'toolbox_unavailable',
      params: { context: 'timeout' },
    });
    expect(await containers()).toBe('');
  });

  it('is removed when it is no longer wanted, and when it can’t start', async () => {
    const controller = new AbortController();
    const running = refusal(client().runHelper(helper(['sleep', '100000'], { signal: controller.signal })));
    await until('it to run', async () => (await host.docker('ps', '-q')) !== '');
    controller.abort();
    await running;
    expect(await containers()).toBe('');
    expect(await refusal(client().runHelper(helper(['/no/such/program'])))).toMatchObject({
      engineId: client().engineId,
    });
    expect(await containers()).toBe('');
    expect(await refusal(client().runHelper(helper(['true'], { image: 'nosuchimage:1' })))).toMatchObject({
      params: { status: 404 },
    });
  });

  it('is no container of the inventory, and makes no events', async () => {
    const seen: EngineEvent[] = [];
    const stream = await client().events(
      (event) => seen.push(event),
      () => undefined,
    );
    const running = client().runHelper(helper(['sleep', '2'], { network: 'host' }));
    await until('it to run', async () => (await host.docker('ps', '-q')) !== '');
    expect(await client().containers()).toEqual([]);
    await running;
    const id = await host.docker('run', '-d', lab.image, 'true');
    await until('the other container to be seen', () => seen.some((event) => event.kind === 'container'));
    expect(new Set(seen.flatMap((event) => ('containerId' in event ? event.containerId : [])))).toEqual(
      new Set([id]),
    );
    stream.dispose();
  });

  it('left by a console that was killed is swept, others are not', async () => {
    const leave = (limit: number) =>
      host.docker(
        ...[
          'run',
          '-d',
          '--label',
          'io.trunkline.helper=facts',
          '--label',
          `io.trunkline.helper.limit=${limit}`,
        ],
        ...[lab.image, 'sleep', '100000'],
      );
    await leave(1);
    const young = await leave(600_000);
    expect(await client().sweepHelpers()).toEqual({ removed: 1, waiting: 1, left: [] });
    expect(await host.docker('ps', '-aq', '--no-trunc')).toBe(young);
  });
});
