import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChangePreview } from '../../shared/model';
import { ownToolboxImage, parentVerdict } from '../../shared/rules';
import { givenEndpoints } from '../../electron/services/testing/given-engines';
import { Storage } from '../../electron/services/storage/storage';
import { ToolboxFile } from '../../electron/services/toolbox/toolbox-file';
import { until } from '../lab';
import { freshLab, labFromVitest } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

const lab = freshLab();
const [host, other] = lab.hosts;
let console: TestConsole;

beforeAll(async () => {
  console = await startConsole(labFromVitest().hosts);
  // What ran before on this lab may have left the image; a refusal takes it away.
  for (const each of [host, other]) await consent(each, false);
});
afterAll(() => console.end());
afterEach(async () => {
  for (const each of [host, other]) await consent(each, false);
});

const engineId = (of: typeof host) => console.engineId(of);
const consent = (of: typeof host, granted: boolean) =>
  console.value('toolbox.consent', { engineId: engineId(of), granted });
const images = (of: typeof host) => of.docker('images', '-q', ownToolboxImage);
const containers = (of: typeof host) => of.docker('ps', '-aq');

describe('consent', () => {
  it('is asked for before anything is put on an engine', async () => {
    const fresh = await startConsole([host]);
    try {
      const description = await fresh.value('toolbox.describe', {});
      expect(description.engines).toEqual([
        { engineId: engineId(host), consent: 'unasked', at: 0, image: null },
      ]);
      expect(description.size).toBeGreaterThan(1e6);
      expect(description.tasks.find(({ id }) => id === 'facts')).toMatchObject({
        capabilities: [],
        network: 'host',
      });
      const answer = await fresh.run('host.facts', { engineId: engineId(host) });
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'toolbox_unasked', params: { host: host.name } },
      });
      expect(await images(host)).toBe('');
      expect(await containers(host)).toBe('');
    } finally {
      await fresh.end();
    }
  });

  it('refused: everything that needs it says so, and the engine has no image and no container', async () => {
    await consent(host, true);
    await console.value('host.facts', { engineId: engineId(host) });
    expect(await images(host)).not.toBe('');
    const description = await consent(host, false);
    expect(description.engines.find((each) => each.engineId === engineId(host))).toMatchObject({
      consent: 'refused',
      image: null,
    });
    expect(await images(host)).toBe('');
    expect(await containers(host)).toBe('');
    for (const call of [
      console.run('host.facts', { engineId: engineId(host) }),
      console.run('host.probe', {
        engineId: engineId(host),
        from: { kind: 'host' },
        addresses: ['10.70.1.1'],
      }),
    ]) {
      expect(await call).toMatchObject({ ok: false, error: { code: 'toolbox_refused' } });
    }
    expect(await images(host)).toBe('');
    expect(await containers(host)).toBe('');
  });

  it('of one engine is none of another', async () => {
    await consent(host, true);
    expect(await console.run('host.facts', { engineId: engineId(other) })).toMatchObject({
      error: { code: expect.stringMatching(/^toolbox_(unasked|refused)$/) as string },
    });
  });
});

describe('facts', () => {
  it('name the NICs, with a verdict on each as a parent', async () => {
    await consent(host, true);
    const facts = await console.value('host.facts', { engineId: engineId(host) });
    const links = JSON.parse(await host.exec('ip', '-j', 'link')) as { ifname: string }[];
    expect(facts.nics.map(({ name }) => name)).toEqual(links.map(({ ifname }) => ifname));
    expect(facts.foreign).toEqual([]);
    const engine = (await console.snapshot()).engines.find(({ id }) => id === engineId(host))!;
    const verdict = (name: string) =>
      parentVerdict(
        facts.nics.find((nic) => nic.name === name)!,
        facts,
        engine,
      ).state;
    expect([verdict('lo'), verdict('docker0'), verdict('eth1')]).toEqual(['refused', 'warned', 'warned']);
  });

  it('are kept for callers at once and shortly after, and read anew on demand', async () => {
    await consent(host, true);
    const ask = (refresh: boolean) => console.value('host.facts', { engineId: engineId(host), refresh });
    const [first, second] = await Promise.all([ask(false), ask(false)]);
    expect(second.at).toBe(first.at);
    await host.exec('ip', 'link', 'add', 'v-a', 'type', 'veth', 'peer', 'name', 'v-b');
    try {
      expect((await ask(true)).nics.map(({ name }) => name)).toContain('v-a');
    } finally {
      await host.exec('ip', 'link', 'del', 'v-a');
    }
  });

  it('do not show the helpers as containers', async () => {
    await consent(host, true);
    const before = console.deltas.length;
    await Promise.all(
      [1, 2, 3].map(() => console.value('host.facts', { engineId: engineId(host), refresh: true })),
    );
    await host.docker('run', '-d', '--name', 'after', lab.image, 'sleep', '1000000');
    const shown = await until('the window to hear of it', () => {
      const names = console.deltas.slice(before).flatMap((delta) => delta.containers.map(({ name }) => name));
      return names.includes('after') ? names : undefined;
    });
    expect(new Set(shown)).toEqual(new Set(['after']));
  });
});

describe('probes', () => {
  it('take two links of one host for one machine, and a third party for a duplicate', async () => {
    for (const each of [host, other]) await consent(each, true);
    await other.docker(
      ...['network', 'create', '-d', 'macvlan', '--subnet', '10.70.1.0/24', '-o', 'parent=eth1', 'lan'],
    );
    const run = (address: string) =>
      other.docker('run', '-d', '--network', 'lan', '--ip', address, lab.image, 'sleep', '1000000');
    const containerId = (await run('10.70.1.60')).trim();
    // As an admin or an earlier console makes one: it answers for its host's address, too.
    const shim =
      'ip link add by-hand link eth1 type macvlan mode bridge && ip addr add 10.70.1.249/32 dev by-hand &&' +
      ' ip link set by-hand up';
    const ask = async () => {
      const from = { kind: 'container', containerId } as const;
      const { targets } = await console.value('host.probe', {
        engineId: engineId(other),
        from,
        addresses: [host.address],
      });
      return targets[0]!;
    };
    try {
      await host.exec('sh', '-c', shim);
      const own = await ask();
      expect(own.macs).toHaveLength(2);
      expect(own).toMatchObject({ answers: true, duplicate: false });
      await run(host.address);
      const foreign = await ask();
      expect(foreign.macs).toHaveLength(3);
      expect(foreign).toMatchObject({ duplicate: true });
    } finally {
      await host.exec('ip', 'link', 'del', 'by-hand').catch(() => undefined);
    }
  });

  it('are made for a preview: what a strange device answers for is noticed and not suggested', async () => {
    // A console that knows of one host alone: the other one is a device like any on the LAN.
    const alone = await startConsole([host]);
    const id = engineId(host);
    const taken = '10.70.1.239';
    const address = ['ip', 'addr', 'add', `${taken}/24`, 'dev', 'eth1'];
    try {
      await other.exec(...address);
      const links = JSON.parse(await other.exec('ip', '-j', 'link', 'show', 'eth1')) as { address: string }[];
      const mac = links[0]?.address;
      const range = ['--subnet', '10.70.1.0/24', '--ip-range', '10.70.1.224/28'];
      await host.docker('network', 'create', '-d', 'macvlan', ...range, '-o', 'parent=eth1', 'probed');
      await host.docker('create', '--name', 'asks', '--network', 'none', lab.image, 'sleep', '1000000');
      const network = await alone.network(host, 'probed');
      const { id: containerId } = await alone.container(host, 'asks');
      const preview = () =>
        alone.value('change.preview', {
          request: { kind: 'attach', engineId: id, containerId, networkId: network.id, ipv4: taken },
        });
      const noticed = ({ hosts }: ChangePreview) => hosts[0]?.notices ?? [];
      const codes = async () => noticed(await preview()).map((one) => one.code);
      expect((await preview()).suggestedIpv4).toBe(taken);
      expect(await codes()).not.toContain('address_answers');
      await alone.value('toolbox.consent', { engineId: id, granted: true });
      const told = await until('the answer to be told', async () => {
        const made = await preview();
        return noticed(made).some((one) => one.code === 'address_answers') ? made : undefined;
      });
      expect(noticed(told).find((one) => one.code === 'address_answers')).toMatchObject({
        params: { address: taken, mac, network: 'probed' },
      });
      expect(told).toMatchObject({ problems: [], suggestedIpv4: '10.70.1.238' });
      const plan = await alone.value('address.plan', { engineId: id, networkId: network.id });
      expect(plan.suggestion).toBe('10.70.1.238');
    } finally {
      await alone.value('toolbox.consent', { engineId: id, granted: false });
      await alone.end();
      await other.exec('ip', 'addr', 'del', `${taken}/24`, 'dev', 'eth1').catch(() => undefined);
      await host.docker('rm', '-f', 'asks').catch(() => undefined);
      await host.docker('network', 'rm', 'probed').catch(() => undefined);
    }
  });

  it('refuse bad input, and change nothing by it', async () => {
    await consent(host, true);
    const probe = (input: object) =>
      console.run('host.probe', {
        engineId: engineId(host),
        from: { kind: 'host' },
        addresses: ['10.70.1.1'],
        ...input,
      });
    for (const input of [
      { addresses: ['10.70.1.1; reboot'] },
      { addresses: [] },
      { from: { kind: 'host', nic: '-x' } },
      { from: { kind: 'container', containerId: '../../info' } },
    ]) {
      expect(await probe(input)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    }
    expect(await containers(host)).toBe('');
  });

  it('answer for the other host', async () => {
    await consent(host, true);
    const { targets } = await console.value('host.probe', {
      engineId: engineId(host),
      from: { kind: 'host' },
      addresses: [other.address, other.address],
    });
    expect(targets).toEqual([
      expect.objectContaining({ address: other.address, answers: true, duplicate: false }),
    ]);
    expect(await containers(host)).toBe('');
  });
});

it('a console that ends takes its helpers with it', async () => {
  const ending = await startConsole([host]);
  await ending.value('toolbox.consent', { engineId: engineId(host), granted: true });
  const from = { kind: 'host' } as const;
  const probing = ending.run('host.probe', { engineId: engineId(host), from, addresses: ['10.70.1.99'] });
  await until('the helper to run', async () => (await host.docker('ps', '-q')) !== '');
  await ending.end();
  expect(await probing).toMatchObject({ ok: false });
  expect(await containers(host)).toBe('');
});

it('what a killed console left is removed by the next that is allowed, and not what another runs', async () => {
  const leave = (...command: string[]) =>
    host.docker('run', '-d', '--label', 'io.trunkline.helper=shim', lab.image, ...command);
  const left = await leave('true');
  const running = await leave('sleep', '3600');
  const foreign = await host.docker('run', '-d', lab.image, 'true');
  const there = async () => (await host.docker('ps', '-aq', '--no-trunc')).split('\n').sort();
  const allowed = async (userDataDir: string) => {
    const storage = new Storage(() => undefined);
    const file = await ToolboxFile.open(join(userDataDir, 'toolbox.json'), storage);
    await file.setConsent({ engineId: engineId(host), address: engineId(host) }, true, Date.now());
    await file.flush();
  };
  const stranger = await startConsole([host]);
  const next = await startConsole([host], givenEndpoints([host.endpoint]), allowed);
  try {
    expect(await there()).toContain(left);
    // It has only just ended: its console might still read what it wrote.
    await until('the one that has ended to be gone', async () => !(await there()).includes(left), 120_000);
    expect(await there()).toEqual([running, foreign].sort());
  } finally {
    await next.end();
    await stranger.end();
  }
}, 180_000);
