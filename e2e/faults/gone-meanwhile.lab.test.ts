import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRecord, ChangeRequest, RecoverAction, Result } from '../../shared/model';
import { CONTAINER_GONE, NETWORK_GONE } from '../../shared/rules';
import { startLab, until, type EngineKind, type Lab, type LabHost } from '../lab';
import { buildChild, startChild, type ConsoleChild } from './child';
import { startProxy } from './proxy';

/** A console is killed in the midst of a change, and somebody else removes or changes what it was about before the next one starts. */
const engines: EngineKind[] = ['docker', 'docker-28'];
let lab: Lab;
let built = '';
let program = '';
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'trunkline-child-'));
  [program, lab] = await Promise.all([
    buildChild(built),
    startLab({ hosts: engines.map((engine) => ({ engine })) }),
  ]);
});
afterAll(async () => {
  await lab?.down();
  await rm(built, { recursive: true, force: true });
});

/** What is undone at the end of a test, last first. */
const endings: (() => Promise<unknown>)[] = [];
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-gone-'));
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(folder, { recursive: true, force: true });
});

type Ids = Record<'engineId' | 'containerId' | 'lan' | 'iot', string>;

/** The console that finds the change, of which `nth` calls were done when the one before it was killed. */
class Found {
  constructor(
    private readonly child: ConsoleChild,
    private readonly id: string,
  ) {}

  record = async (): Promise<ChangeRecord> => {
    const [newest] = await this.child.value('change.list', { limit: 1 });
    if (newest?.id !== this.id) throw new Error('another change is the newest');
    return newest;
  };

  async recover(action: RecoverAction): Promise<Result<ChangeRecord>> {
    return this.child.run('change.recover', { id: this.id, action, seen: (await this.record()).hosts });
  }
}

async function cutOff(
  host: LabHost,
  nth: number,
  requestOf: (ids: Ids) => ChangeRequest,
  hand: () => Promise<unknown>,
  kind: 'hold-before' | 'hold-after' = 'hold-after',
): Promise<Found> {
  const proxy = await startProxy(host.socket);
  endings.push(() => proxy.close());
  const start = async () => {
    const child = await startChild(program, folder, [proxy.endpoint]);
    endings.push(() => child.end());
    return child;
  };
  const killed = await start();
  const ids = await until('web to be shown', async () => {
    const { containers, networks } = await killed.value('inventory.get', {});
    const who = containers.find((each) => each.name === 'web');
    const named = (name: string) => networks.find((each) => each.name === name)?.id ?? '';
    return who?.detail
      ? { engineId: who.engineId, containerId: who.id, lan: named('lan'), iot: named('iot') }
      : undefined;
  });
  proxy.fault = (call) => (call.nth === nth ? { kind } : undefined);
  void killed.apply(requestOf(ids));
  await proxy.held();
  await killed.kill();
  proxy.fault = () => undefined;
  // What no engine has heard of by then must never come to it.
  if (kind === 'hold-before') proxy.cutAll();
  else proxy.release();
  await hand();
  const child = await start();
  const [record] = await child.value('change.list', { limit: 1 });
  expect(record).toMatchObject({ state: 'interrupted' });
  return new Found(child, record?.id ?? '');
}

const move = ({ lan, iot, ...on }: Ids): ChangeRequest => ({
  ...{ kind: 'move', ...on, fromNetworkId: lan, toNetworkId: iot, ipv4: '10.70.2.60' },
});
const readdress = ({ lan, iot: _, ...on }: Ids): ChangeRequest => ({
  ...{ kind: 'readdress', ...on, networkId: lan, ipv4: '10.70.1.61' },
});
const attach = ({ lan: _, iot, ...on }: Ids): ChangeRequest => ({
  ...{ kind: 'attach', ...on, networkId: iot, ipv4: '10.70.2.60' },
});
const create = ({ engineId }: Ids): ChangeRequest => ({
  ...{ kind: 'create-network', engineId },
  spec: {
    ...{ name: 'office', driver: 'macvlan', parent: 'eth2', mode: 'bridge', internal: false },
    ...{ subnet: '10.70.3.0/24', exclusions: [] },
  },
});
const detach = ({ lan, iot: _, ...on }: Ids): ChangeRequest => ({ kind: 'detach', ...on, networkId: lan });

describe.each(engines)('on %s', (engine) => {
  let host: LabHost;
  const networksOf = async () =>
    Object.keys(
      JSON.parse(await host.docker('inspect', '-f', '{{json .NetworkSettings.Networks}}', 'web')) as object,
    ).sort();
  beforeEach(async () => {
    const found = lab.hosts.find((each) => each.engine === engine);
    if (!found) throw new Error(`no host with ${engine}`);
    host = found;
    await host.clean();
    for (const [name, subnet, nic] of [
      ['lan', '10.70.1.0/24', 'eth1'],
      ['iot', '10.70.2.0/24', 'eth2'],
    ] as const)
      await host.docker(
        ...['network', 'create', '-d', 'macvlan', '-o', `parent=${nic}`, '--subnet', subnet, name],
      );
    await host.docker(
      ...['run', '-d', '--name', 'web', '--network', 'lan', '--ip', '10.70.1.60'],
      ...[lab.image, 'sleep', '3600'],
    );
  });

  it.each([
    ['a move', 1, move],
    ['a move', 2, move],
    ['a change of address', 1, readdress],
    ['a change of address', 2, readdress],
    ['an attach', 1, attach],
  ] as const)(
    'the container goes after %s’s call %i: not finished, and rolled back except for it',
    async (_what, nth, request) => {
      const found = await cutOff(host, nth, request, () => host.docker('rm', '-f', 'web'));
      for (const _ of ['first', 'second'])
        expect(await found.recover('finish')).toMatchObject({
          ...{ ok: false, error: { code: 'container_not_found', params: { container: 'web' } } },
        });
      expect((await found.record()).state).toBe('interrupted');
      const back = await found.recover('roll-back');
      expect(back).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
      expect(back.ok && back.value.exceptions).toEqual([
        { network: '', container: 'web', field: CONTAINER_GONE, before: '', after: '' },
      ]);
    },
  );

  it('the container goes, and its network with it: rolled back except for them', async () => {
    const found = await cutOff(host, 2, move, async () => {
      await host.docker('rm', '-f', 'web');
      await host.docker('network', 'rm', 'lan', 'iot');
    });
    expect(await found.recover('roll-back')).toMatchObject({
      ok: true,
      value: { state: 'rolled-back', exceptions: [{ container: 'web', field: CONTAINER_GONE }] },
    });
  });

  it('one of the same name and address has come in its place, and is left alone', async () => {
    const found = await cutOff(host, 2, move, async () => {
      await host.docker('rm', '-f', 'web');
      await host.docker(
        ...['run', '-d', '--name', 'web', '--network', 'lan', '--ip', '10.70.1.60'],
        ...[lab.image, 'sleep', '3600'],
      );
    });
    expect(await found.recover('roll-back')).toMatchObject({
      ok: true,
      value: { state: 'rolled-back', exceptions: [{ container: 'web', field: CONTAINER_GONE }] },
    });
    expect(await networksOf()).toEqual(['lan']);
  });

  it('the network goes that a detached container was on: rolled back except for that', async () => {
    const found = await cutOff(host, 1, detach, () => host.docker('network', 'rm', 'lan'));
    const back = await found.recover('roll-back');
    expect(back).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
    expect(back.ok && back.value.exceptions).toEqual([
      { network: 'lan', container: 'web', field: NETWORK_GONE, before: '', after: '' },
    ]);
    expect(await networksOf()).toEqual([]);
  });

  it('the network goes that a moved container was on: it keeps the one that it has, and is finished', async () => {
    const found = await cutOff(host, 2, move, () => host.docker('network', 'rm', 'lan'));
    expect(await found.recover('roll-back')).toMatchObject({
      ...{ ok: false, error: { code: 'change_not_undoable', params: { context: 'taken_off' } } },
    });
    expect(await networksOf()).toEqual(['iot']);
    expect(await found.recover('finish')).toMatchObject({ ok: true, value: { state: 'applied' } });
  });

  it('the network of a stopped container goes: rolled back except for that', async () => {
    await host.docker('stop', '-t', '0', 'web');
    const found = await cutOff(host, 2, readdress, () => host.docker('network', 'rm', 'lan'));
    expect(await found.recover('finish')).toMatchObject({ ok: false });
    const back = await found.recover('roll-back');
    expect(back).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
    expect(back.ok && back.value.exceptions).toEqual([
      { network: 'lan', container: 'web', field: NETWORK_GONE, before: '', after: '' },
    ]);
    expect(await networksOf()).toEqual([]);
  });

  const addresses = async () =>
    (
      await host.docker(
        ...['inspect', '-f', '{{range $n, $e := .NetworkSettings.Networks}}{{$n}} {{$e.IPAddress}} {{end}}'],
        'web',
      )
    ).trim();
  const repin = async (name: string, address: string) => {
    await host.docker('network', 'disconnect', name, 'web').catch(() => undefined);
    await host.docker('network', 'connect', '--ip', address, name, 'web');
  };
  it.each([
    ['an attach that the engine has not heard of', 1, 'hold-before', attach, 'iot', '10.70.2.61'],
    ['an attach', 1, 'hold-after', attach, 'iot', '10.70.2.61'],
    ['a move before its second call, where it goes to', 2, 'hold-before', move, 'iot', '10.70.2.62'],
    ['a move, where it came from', 2, 'hold-after', move, 'lan', '10.70.1.11'],
    ['a change of address before its second call', 2, 'hold-before', readdress, 'lan', '10.70.1.62'],
  ] as const)(
    'somebody attaches the container anew in the midst of %s: no way takes that away',
    async (_what, nth, kind, request, name, address) => {
      const found = await cutOff(host, nth, request, () => repin(name, address), kind);
      const now = await addresses();
      expect(now).toContain(`${name} ${address}`);
      for (const action of ['finish', 'roll-back'] as const)
        expect(await found.recover(action)).toMatchObject({
          ok: false,
          error: {
            ...{ code: 'change_stale', params: { context: 'by_another', container: 'web', network: name } },
          },
        });
      expect(await addresses()).toBe(now);
      expect(await found.recover('keep')).toMatchObject({ ok: true, value: { state: 'kept' } });
    },
  );

  it.each([['as it was to be'], ['with a label', '--label', 'mine=1']])(
    'somebody makes the network of a call that the engine has not heard of, %s: it is left',
    async (_how, ...more) => {
      await host.docker('network', 'rm', 'iot');
      const make = () =>
        host.docker(
          ...['network', 'create', '-d', 'macvlan', '-o', 'parent=eth2', '-o', 'macvlan_mode=bridge'],
          ...['--subnet', '10.70.3.0/24', ...more, 'office'],
        );
      const found = await cutOff(host, 1, create, make, 'hold-before');
      const ids = () => host.docker('network', 'ls', '-q', '--filter', 'name=office');
      const theirs = await ids();
      expect(await found.recover('finish')).toMatchObject({ ok: false, error: { code: 'name_taken' } });
      expect(await found.recover('roll-back')).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
      expect(await ids()).toBe(theirs);
    },
  );

  it('a network that the call in doubt has made is found, and taken away', async () => {
    await host.docker('network', 'rm', 'iot');
    const ids = () => host.docker('network', 'ls', '-q', '--filter', 'name=office');
    const found = await cutOff(host, 1, create, ids);
    expect(await ids()).not.toBe('');
    expect(await found.recover('roll-back')).toMatchObject({ ok: true, value: { state: 'rolled-back' } });
    expect(await ids()).toBe('');
  });
});
