import { afterEach, beforeEach, expect, it } from 'vitest';
import { create, lan } from '../integration/undo-equal.helpers';
import { startConsole, type TestConsole } from '../integration/console';
import { segmentsOf } from '../integration/segments.helpers';
import { NETWORK_GONE } from '../../shared/rules';
import { until } from '../lab';
import { freshLab } from '../lab/vitest';
import { startProxy, type EngineProxy } from './proxy';

/** What somebody else does on a real engine meanwhile, and what is told of that. */
const lab = freshLab();
const [first, second] = lab.hosts;
let proxy: EngineProxy;
let console_: TestConsole;
const host = () => ({ ...first, endpoint: proxy.endpoint });
const segments = segmentsOf(lab, () => console_);

beforeEach(async () => {
  proxy = await startProxy(first.socket);
  console_ = await startConsole([host(), second]);
});
afterEach(async () => {
  await console_.end();
  await proxy.close();
});

it('an attach whose container another hand takes off in its midst is not told as done', async () => {
  await create(first, lan(first));
  await segments.runContainer(first, 'web');
  const { id: networkId, engineId } = await console_.network(host(), 'lan');
  const { id: containerId } = await console_.container(host(), 'web');
  const request = { kind: 'attach', engineId, containerId, networkId, ipv4: '10.70.1.20' } as const;
  const preview = await console_.value('change.preview', { request });
  let reads = 0;
  const before = proxy.calls.length;
  proxy.fault = ({ path }) => {
    const connected = proxy.calls.slice(before).some((each) => each.changes);
    if (!connected || !path.startsWith(`/containers/${containerId}/json`)) return undefined;
    reads += 1;
    // The first is that which finds it attached.
    return reads > 1 ? { kind: 'hold-before' } : undefined;
  };
  const applying = console_.run('change.apply', { id: preview.id });
  await proxy.held();
  await first.docker('network', 'disconnect', 'lan', 'web');
  proxy.fault = () => undefined;
  proxy.release();
  expect(await applying).toMatchObject({
    ok: false,
    error: { code: 'verify_failed', params: { context: 'not_on', container: 'web', rolledBack: 1 } },
  });
  expect((await console_.value('change.list', {}))[0]?.state).toBe('rolled-back');
});

it('a stopped container that comes to a network as it is removed is told of, as one that can’t start', async () => {
  await create(first, lan(first));
  for (const name of ['ran', 'fresh']) await segments.runContainer(first, name);
  await first.docker('network', 'connect', 'lan', 'ran');
  for (const name of ['ran', 'fresh']) await first.docker('stop', '-t', '0', name);
  // It keeps the id of the network on which it has run; the other one will have but the name.
  await first.docker('network', 'disconnect', 'lan', 'ran');
  const { id: networkId, engineId } = await console_.network(host(), 'lan');
  for (const name of ['ran', 'fresh'])
    await console_.container(host(), name, (one) => one.state === 'exited' && one.endpoints.length === 1);
  const request = { kind: 'remove-network', engineId, networkId } as const;
  const preview = await console_.value('change.preview', { request });
  expect(preview.problems).toEqual([]);
  proxy.fault = ({ method, path }) =>
    method === 'DELETE' && path.startsWith('/networks/') ? { kind: 'hold-before' } : undefined;
  const applying = console_.value('change.apply', { id: preview.id });
  await proxy.held();
  for (const name of ['ran', 'fresh']) await first.docker('network', 'connect', 'lan', name);
  proxy.release();
  const record = await applying;
  expect(record).toMatchObject({
    state: 'applied',
    stranded: ['fresh', 'ran'].map((container) => ({
      ...{ code: 'container_stranded', params: { container, network: 'lan' } },
    })),
  });
  await expect(first.docker('start', 'fresh')).rejects.toThrow('network lan not found');
});

it('a network that another hand removes in the midst keeps the rest from nothing: rolled back, except for it', async () => {
  await create(first, lan(first));
  await segments.runContainer(first, 'web');
  await first.docker('network', 'connect', '--ip', '10.70.1.20', 'lan', 'web');
  const { id: networkId, engineId } = await console_.network(host(), 'lan');
  const on = (each: { networkId: string }) => each.networkId === networkId;
  const { id: containerId } = await console_.container(host(), 'web', ({ endpoints }) => endpoints.some(on));
  const request = { kind: 'readdress', engineId, containerId, networkId, ipv4: '10.70.1.21' } as const;
  const preview = await console_.value('change.preview', { request });
  const connect = `/networks/${networkId}/connect`;
  proxy.fault = ({ path }) => (path === connect ? { kind: 'hold-before' } : undefined);
  const applying = console_.run('change.apply', { id: preview.id });
  await proxy.held();
  proxy.fault = () => undefined;
  await first.docker('network', 'rm', 'lan');
  proxy.release();
  expect(await applying).toMatchObject({
    ...{ ok: false, error: { code: 'network_not_found', params: { network: 'lan', rolledBack: 2 } } },
  });
  expect((await console_.value('change.list', {}))[0]).toMatchObject({
    state: 'rolled-back',
    exceptions: [{ network: 'lan', container: 'web', field: NETWORK_GONE }],
  });
});

it('a stopped container that is attached as another hand removes the network is as before, and starts', async () => {
  await create(first, lan(first));
  await segments.runContainer(first, 'web');
  await first.docker('stop', '-t', '0', 'web');
  const { id: networkId, engineId } = await console_.network(host(), 'lan');
  const { id: containerId } = await console_.container(host(), 'web', ({ state }) => state === 'exited');
  const request = { kind: 'attach', engineId, containerId, networkId, ipv4: '10.70.1.20' } as const;
  const preview = await console_.value('change.preview', { request });
  proxy.fault = ({ path }) => (path.endsWith('/connect') ? { kind: 'hold-before' } : undefined);
  const applying = console_.run('change.apply', { id: preview.id });
  await proxy.held();
  await first.docker('network', 'rm', 'lan');
  proxy.fault = () => undefined;
  proxy.release();
  expect(await applying).toMatchObject({
    ...{ ok: false, error: { code: 'network_not_found', params: { network: 'lan', rolledBack: 1 } } },
  });
  await first.docker('start', 'web');
});

it('a network whose name is but dots is left, given back and removed as any other', async () => {
  await create(first, { ...lan(first), Name: '..' });
  await segments.runContainer(first, 'web');
  const { id: networkId, engineId } = await console_.network(host(), '..');
  const { id: containerId } = await console_.container(host(), 'web');
  const on = { engineId, containerId, networkId };
  const applied = async (request: Parameters<TestConsole['change']>[0]) => {
    const done = await console_.change(request);
    expect(done).toMatchObject({ ok: true, value: { state: 'applied' } });
    return done.ok ? done.value.id : '';
  };
  await applied({ kind: 'attach', ...on, ipv4: '10.70.1.20' });
  const shown = (is: boolean) =>
    console_.container(
      host(),
      'web',
      ({ endpoints }) => is === endpoints.some((one) => one.networkId === networkId),
    );
  await shown(true);
  const off = await applied({ kind: 'detach', ...on });
  await shown(false);
  const undone = await console_.value('change.undo', { id: off });
  expect(undone.state).toBe('undone');
  expect(undone).not.toHaveProperty('exceptions');
  await shown(true);
  await applied({ kind: 'detach', ...on });
  await shown(false);
  const gone = await applied({ kind: 'remove-network', engineId, networkId });
  const back = await console_.value('change.undo', { id: gone });
  expect(back.state).toBe('undone');
  expect(back).not.toHaveProperty('exceptions');
  const names = await first.docker('network', 'ls', '--format', '{{.Name}}');
  expect(names.split('\n')).toContain('..');
});

it('of two networks with one name none can be made again, and its removal says so', async () => {
  const twin = { ...lan(first), Driver: 'bridge', IPAM: {}, Options: {}, CheckDuplicate: false };
  const { body } = await create(first, twin);
  expect(await create(first, twin)).toMatchObject({ status: 201 });
  const { engineId } = await console_.network(host(), 'lan');
  await until('both to be shown', async () => {
    const { networks } = await console_.snapshot();
    return networks.filter((one) => one.engineId === engineId && one.name === 'lan').length === 2;
  });
  const request = { kind: 'remove-network', engineId, networkId: (body as { Id: string }).Id } as const;
  expect(await console_.notices(request)).toMatchObject([
    { code: 'undo_impossible', params: { context: 'twin', network: 'lan' } },
  ]);
  const removed = await console_.change(request);
  expect(removed).toMatchObject({ ok: true, value: { state: 'applied', undoable: false } });
  expect(await create(first, { ...twin, CheckDuplicate: true })).toMatchObject({ status: 409 });
});

it('a removed segment is not made again while a running container would be given the address of a stopped one', async () => {
  const { create: make, applied, on, runContainer, shown } = segments;
  const { segmentId } = await make([on(host()), on(second)]);
  await runContainer(first, 'auto', '--network', 'office');
  await shown(host(), 'auto', 'office');
  const automatic = await first.docker(
    'inspect',
    '-f',
    '{{.NetworkSettings.Networks.office.IPAddress}}',
    'auto',
  );
  await first.docker('rm', '-f', 'auto');
  await runContainer(first, 'off', '--network', 'office', '--ip', automatic.trim());
  await runContainer(first, 'auto', '--network', 'office');
  await first.docker('stop', '-t', '0', 'off');
  await console_.container(host(), 'off', (one) => one.state === 'exited');
  await shown(host(), 'auto', 'office');
  await shown(host(), 'off', 'office');
  const { id } = await applied({ kind: 'delete-segment', segmentId, detachRunning: true });
  expect(await console_.run('change.undo', { id })).toMatchObject({
    ok: false,
    error: { code: 'address_not_held', params: { context: 'back', container: 'off' } },
  });
});
