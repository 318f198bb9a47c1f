import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeRequest, Container, Problem } from '../../shared/model';
import { startLab, until, type EngineKind, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';
import { ParentsWalk } from './parents-walk';

/** What failed connects leave behind on real engines, and what is told and done about it (docs/engine-facts.md §2). */
const engines: EngineKind[] = ['docker', 'docker-26.1', 'docker-28'];
let lab: Lab;
let console_: TestConsole;

const hostOf = (engine: EngineKind): LabHost => {
  const host = lab.hosts.find((each) => each.engine === engine);
  if (!host) throw new Error(`no host with ${engine}`);
  return host;
};
const subnets: Record<string, string> = { port: '10.91.0', gone: '10.92.0', fine: '10.93.0' };
const links = ['port', 'gone', 'fine'] as const;

/** A network on each of three links: one belongs to a bridge, one has gone, one is as it should be. */
async function prepare(host: LabHost): Promise<void> {
  await host.exec('ip', 'link', 'add', 'br-lo', 'type', 'bridge');
  for (const name of links) {
    await host.exec('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-p`);
    await host.exec('ip', 'link', 'set', name, 'up');
    await host.exec('ip', 'link', 'set', `${name}-p`, 'up');
    const subnet = subnets[name] ?? '';
    await host.docker(
      ...['network', 'create', '-d', 'macvlan', '--subnet', `${subnet}.0/24`],
      ...['--gateway', `${subnet}.1`, '-o', `parent=${name}`, `on-${name}`],
    );
  }
  await host.exec('ip', 'link', 'set', 'port', 'master', 'br-lo');
  await host.exec('ip', 'link', 'del', 'gone');
}

beforeAll(async () => {
  lab = await startLab({ hosts: engines.map((engine) => ({ engine })) });
  await Promise.all(lab.hosts.map(prepare));
  console_ = await startConsole(lab.hosts);
});
afterAll(async () => {
  await console_?.end();
  await lab?.down();
});

const run = (host: LabHost, name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '3600');
const networksOf = async (host: LabHost, name: string) =>
  Object.keys(
    JSON.parse(await host.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', name)) as object,
  ).sort();
const ids = async (host: LabHost, container: string, network: string) => {
  const [who, on] = await Promise.all([console_.container(host, container), console_.network(host, network)]);
  return { engineId: who.engineId, containerId: who.id, networkId: on.id };
};
async function failure(request: ChangeRequest): Promise<Problem> {
  const result = await console_.change(request);
  if (result.ok) throw new Error('it was done');
  return result.error;
}
const left = (who: Container) =>
  who.endpoints.filter((each) => each.leftover).map((each) => each.networkName);
const newest = async () => (await console_.value('change.list', {}))[0];

/** It is told as it is, shown as it is, and cleared by a change that is previewed. */
async function expectLeftover(host: LabHost, name: string, network: string, error: Problem): Promise<void> {
  expect(error).toMatchObject({
    code: 'rollback_failed',
    params: { context: 'leftover', container: name, network, rolledBack: 0 },
  });
  expect((await newest())?.state).toBe('failed');
  expect(left(await console_.container(host, name))).toEqual([network]);
  const request = { kind: 'detach', ...(await ids(host, name, network)) } as const;
  const preview = await console_.value('change.preview', { request });
  const [plan] = preview.hosts;
  expect(plan?.steps.map((step) => step.op).join(' ')).toMatch(/^stop disconnect (connect )?start$/);
  const cleared = await console_.value('change.apply', { id: preview.id });
  expect(cleared).toMatchObject({ state: 'applied', undoable: false });
}

/** The container is as it was, and can be started again. */
async function expectWhole(host: LabHost, name: string, networks: string[]): Promise<void> {
  expect(await networksOf(host, name)).toEqual(networks);
  await host.docker('restart', '-t', '0', name);
  expect(await host.docker('inspect', '-f', '{{.State.Running}}', name)).toBe('true');
}

describe.each(engines)('on %s', (engine) => {
  it.each([
    ['a bridge’s port', 'port', 'parent_busy'],
    ['gone', 'gone', 'parent_missing'],
  ])('an attach to a parent that is %s never counts as rolled back', async (_what, link) => {
    const host = hostOf(engine);
    const name = `at-${link}`;
    await run(host, name);
    const error = await failure({
      kind: 'attach',
      ...(await ids(host, name, `on-${link}`)),
      ipv4: `${subnets[link] ?? ''}.60`,
    });
    await expectLeftover(host, name, `on-${link}`, error);
    await expectWhole(host, name, ['bridge']);
  });

  it('an attach of one without a network, and a move, are told and cleared likewise', async () => {
    const host = hostOf(engine);
    await run(host, 'bare', '--network', 'none');
    const bare = await failure({ kind: 'attach', ...(await ids(host, 'bare', 'on-port')) });
    await expectLeftover(host, 'bare', 'on-port', bare);
    await expectWhole(host, 'bare', ['none']);
    await run(host, 'mover', '--network', 'on-fine', '--ip', '10.93.0.50');
    const { networkId: toNetworkId, ...who } = await ids(host, 'mover', 'on-port');
    const fromNetworkId = (await console_.network(host, 'on-fine')).id;
    const moved = await failure({ kind: 'move', ...who, fromNetworkId, toNetworkId });
    await expectLeftover(host, 'mover', 'on-port', moved);
    await expectWhole(host, 'mover', ['on-fine']);
  });

  it('a change of address whose parent has become a port says that the old one could not come back', async () => {
    const host = hostOf(engine);
    await run(host, 'settled', '--network', 'on-fine', '--ip', '10.93.0.40');
    await host.docker('rm', '-f', 'mover');
    const request = {
      kind: 'readdress',
      ...(await ids(host, 'settled', 'on-fine')),
      ipv4: '10.93.0.41',
    } as const;
    // A link that carries a macvlan can't be given to a bridge; one that is taken away takes its macvlans with it.
    await host.exec('ip', 'link', 'del', 'fine');
    try {
      expect(await failure(request)).toMatchObject({ code: 'rollback_failed', params: { rolledBack: 0 } });
    } finally {
      await host.exec('ip', 'link', 'add', 'fine', 'type', 'veth', 'peer', 'name', 'fine-p');
      await host.exec('ip', 'link', 'set', 'fine', 'up');
      await host.exec('ip', 'link', 'set', 'fine-p', 'up');
    }
    await host.docker('restart', '-t', '0', 'settled');
    expect(await host.docker('inspect', '-f', '{{.State.Running}}', 'settled')).toBe('true');
    await host.docker('rm', '-f', 'settled');
  });

  it('one that restarts again and again is changed only once it is stopped, and starts again on undo', async () => {
    const host = hostOf(engine);
    await host.docker('run', '-d', '--name', 'loop', '--restart', 'always', lab.image, 'sh', '-c', 'exit 1');
    await console_.container(host, 'loop', (each) => each.state === 'restarting');
    const at = await ids(host, 'loop', 'on-fine');
    const onBridge = { ...at, networkId: (await console_.network(host, 'bridge')).id };
    for (const request of [
      { kind: 'attach', ...at, ipv4: '10.93.0.60' },
      { kind: 'detach', ...onBridge },
    ] as const)
      expect(
        await until('it to be between two starts', async () => {
          const [problem] = await console_.problems(request);
          return problem?.code === 'container_restarting' ? problem : undefined;
        }),
      ).toBeTruthy();
    const stopped = await console_.change({ kind: 'attach', ...at, ipv4: '10.93.0.60', stopFirst: true });
    expect(stopped).toMatchObject({ ok: true, value: { state: 'applied', undoable: true } });
    expect(await host.docker('inspect', '-f', '{{.State.Status}}', 'loop')).toBe('exited');
    expect(await networksOf(host, 'loop')).toEqual(['bridge', 'on-fine']);
    if (stopped.ok) await console_.value('change.undo', { id: stopped.value.id });
    expect(await networksOf(host, 'loop')).toEqual(['bridge']);
    await console_.container(host, 'loop', (each) => each.state === 'restarting' || each.state === 'running');
    await host.docker('rm', '-f', 'loop');
  });

  it('an attachment that another hand has made anew is not undone', async () => {
    const host = hostOf(engine);
    await run(host, 'shared');
    const done = await console_.change({
      kind: 'attach',
      ...(await ids(host, 'shared', 'on-fine')),
      ipv4: '10.93.0.70',
    });
    if (!done.ok) throw new Error(done.error.message);
    // What a restart gives anew is nobody's change.
    await host.docker('restart', '-t', '0', 'shared');
    await host.docker('network', 'disconnect', 'on-fine', 'shared');
    await host.docker('network', 'connect', '--ip', '10.93.0.71', 'on-fine', 'shared');
    expect(await console_.run('change.undo', { id: done.value.id })).toMatchObject({
      ok: false,
      error: { code: 'change_not_undoable', params: { context: 'changed' } },
    });
    expect(await networksOf(host, 'shared')).toEqual(['bridge', 'on-fine']);
    await host.docker('network', 'disconnect', 'on-fine', 'shared');
    await host.docker('network', 'connect', '--ip', '10.93.0.70', 'on-fine', 'shared');
    await host.docker('restart', '-t', '0', 'shared');
    expect(await console_.value('change.undo', { id: done.value.id })).toMatchObject({ state: 'undone' });
    expect(await networksOf(host, 'shared')).toEqual(['bridge']);
  });

  it('one that runs while its own network is gone is put on no other, which is told before anything is sent', async () => {
    const host = hostOf(engine);
    for (const [name, subnet] of [
      ['own', '10.94.0.0/24'],
      ['other', '10.95.0.0/24'],
    ] as const)
      await host.docker('network', 'create', '--subnet', subnet, name);
    await run(host, 'widow', '--network', 'own');
    await host.docker('network', 'connect', '--ip', '10.95.0.20', 'other', 'widow');
    await host.docker('network', 'disconnect', 'own', 'widow');
    const at = await ids(host, 'widow', 'other');
    await host.docker('network', 'rm', 'own');
    await until('the console to know that', async () => {
      const { networks } = await console_.value('inventory.get', {});
      return !networks.some(({ engineId, name }) => engineId === at.engineId && name === 'own');
    });
    const refused = engine === 'docker' ? [] : [{ code: 'mode_network_gone', params: { network: 'own' } }];
    expect(await console_.problems({ kind: 'readdress', ...at, ipv4: '10.95.0.30' })).toMatchObject(refused);
    const detached = await console_.change({ kind: 'detach', ...at });
    if (!detached.ok) throw new Error(detached.error.message);
    const back = await console_.run('change.undo', { id: detached.value.id });
    expect(back.ok ? [] : [back.error]).toMatchObject(refused);
    expect(await networksOf(host, 'widow')).toEqual(engine === 'docker' ? ['other'] : []);
    await host.docker('rm', '-f', 'widow');
    await host.docker('network', 'rm', 'other');
  });

  it('a parent is judged before anything is sent, where a look is allowed', async () => {
    const host = hostOf(engine);
    await run(host, 'careful');
    await console_.value('toolbox.consent', { engineId: console_.engineId(host), granted: true });
    for (const [link, code] of [
      ['port', 'parent_busy'],
      ['gone', 'parent_missing'],
    ] as const)
      expect(
        await console_.problems({ kind: 'attach', ...(await ids(host, 'careful', `on-${link}`)) }),
      ).toMatchObject([{ code }]);
    expect(await networksOf(host, 'careful')).toEqual(['bridge']);
  });

  it('nothing is undone onto a parent that has become a bridge’s port since', async () => {
    const host = hostOf(engine);
    await host.exec('ip', 'link', 'set', 'port', 'nomaster');
    try {
      await run(host, 'goer', '--network', 'on-port', '--ip', '10.91.0.50');
      const { networkId: fromNetworkId, ...who } = await ids(host, 'goer', 'on-port');
      const toNetworkId = (await console_.network(host, 'on-fine')).id;
      const request = { kind: 'move', ...who, fromNetworkId, toNetworkId, ipv4: '10.93.0.50' } as const;
      const moved = await console_.change(request);
      if (!moved.ok) throw new Error(moved.error.message);
      const { id } = moved.value;
      await host.exec('ip', 'link', 'set', 'port', 'master', 'br-lo');
      await console_.value('toolbox.consent', { engineId: console_.engineId(host), granted: true });
      expect(await console_.run('change.undo', { id })).toMatchObject({
        ok: false,
        error: { code: 'parent_busy', params: { parent: 'port' } },
      });
      expect((await newest())?.state).toBe('applied');
      await expectWhole(host, 'goer', ['on-fine']);
      await host.exec('ip', 'link', 'set', 'port', 'nomaster');
      expect(await console_.value('change.undo', { id })).toMatchObject({ state: 'undone' });
      await expectWhole(host, 'goer', ['on-port']);
    } finally {
      await host.docker('rm', '-f', 'goer');
      await host.exec('ip', 'link', 'set', 'port', 'master', 'br-lo');
    }
  });
});

it('sixty seeded changes while parents come and go are told as they are, and every container restarts', async () => {
  const seed = Number(process.env['TRUNKLINE_PROPERTY_SEED'] ?? 20_261_129);
  const walks = (['docker', 'docker-26.1'] as const).map(async (engine, index) => {
    // Where somebody may look, nothing is tried on a parent that is gone: here it is, and leaves what is to be told.
    await console_.value('toolbox.consent', { engineId: console_.engineId(hostOf(engine)), granted: false });
    const first = 100 + 2 * index;
    const subnets = [`10.${String(first)}.0`, `10.${String(first + 1)}.0`] as const;
    const walk = new ParentsWalk(console_, lab, hostOf(engine), subnets);
    await walk.prepare();
    await walk.go(seed, 60);
  });
  const ended = await Promise.allSettled(walks);
  expect(ended.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual([]);
}, 600_000);
