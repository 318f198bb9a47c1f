import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../shared/model';
import { transfer, until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { everythingOn, pinOnEngine, startConsole, type TestConsole } from './console';

const lab = freshLab();
const [first, second] = lab.hosts;
let console_: TestConsole;

const makeLan = (host: LabHost, range: string) =>
  host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24'],
    ...['--gateway', '10.70.1.1', '--ip-range', range, 'lan'],
  );
const runContainer = (host: LabHost, name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '3600');

beforeEach(async () => {
  await makeLan(first, '10.70.1.32/27');
  await makeLan(second, '10.70.1.64/27');
  await runContainer(first, 'web');
  await runContainer(second, 'probe', '--network', 'lan');
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

/** Attach `web` of the first host to its LAN. */
async function attachWeb(ipv4?: string): Promise<ChangeRequest> {
  const web = await console_.container(first, 'web');
  const lan = await console_.network(first, 'lan');
  return {
    kind: 'attach',
    engineId: web.engineId,
    containerId: web.id,
    networkId: lan.id,
    ...(ipv4 ? { ipv4 } : {}),
  };
}
const expectApplied = async (request: ChangeRequest) => {
  const result = await console_.change(request);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const pingFromProbe = (ip: string) => second.docker('exec', 'probe', 'ping', '-c', '1', '-W', '5', ip);

describe('attaching with a chosen address', () => {
  it('fixes it on the engine, reaches the other host, and is gone after undo', async () => {
    const record = await expectApplied(await attachWeb('10.70.1.10'));
    expect(record).toMatchObject({ state: 'applied', hosts: [{ ipv4: '10.70.1.10' }], undoable: true });
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    await pingFromProbe('10.70.1.10');

    expect(await console_.value('change.undo', { id: record.id })).toMatchObject({ state: 'undone' });
    expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
    await console_.container(first, 'web', (web) =>
      web.endpoints.every((each) => each.networkName !== 'lan'),
    );
    const again = await console_.run('change.undo', { id: record.id });
    expect(again).toMatchObject({ ok: false, error: { code: 'change_not_undoable' } });
  });

  it('keeps the address through stop, start and restart', async () => {
    await expectApplied(await attachWeb('10.70.1.10'));
    await first.docker('stop', '-t', '0', 'web');
    await console_.container(
      first,
      'web',
      (web) => web.state === 'exited' && web.endpoints.some((each) => each.pinned4 === '10.70.1.10'),
    );
    await first.docker('start', 'web');
    await first.docker('restart', '-t', '0', 'web');
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
    await console_.container(
      first,
      'web',
      (web) => web.state === 'running' && web.endpoints.some((each) => each.ipv4 === '10.70.1.10'),
    );
    await pingFromProbe('10.70.1.10');
  });

  it('suggests what is free on all hosts of the LAN, from the top of the network’s own range', async () => {
    await first.docker('create', '--name', 'parked', '--network', 'lan', '--ip', '10.70.1.63', lab.image);
    await runContainer(second, 'taken', '--network', 'lan', '--ip', '10.70.1.62');
    await console_.container(first, 'parked');
    await console_.container(second, 'taken', (taken) => taken.endpoints[0]?.ipv4 === '10.70.1.62');
    const { suggestedIpv4 } = await console_.value('change.preview', { request: await attachWeb() });
    expect(suggestedIpv4).toBe('10.70.1.61');
    await expectApplied(await attachWeb(suggestedIpv4));
    await pingFromProbe(String(suggestedIpv4));
  });

  it('moves, changes and unpins addresses, each undoable', async () => {
    await first.docker('network', 'create', '--subnet', '10.80.0.0/24', 'apps');
    const attach = await expectApplied(await attachWeb('10.70.1.10'));
    const { engineId, containerId, networkId } = attach.request as Extract<ChangeRequest, { kind: 'attach' }>;
    const on = { engineId, containerId };
    const readdressed = await expectApplied({ kind: 'readdress', ...on, networkId, ipv4: '10.70.1.11' });
    expect(await console_.run('change.undo', { id: attach.id })).toMatchObject({
      ok: false,
      error: { code: 'change_not_undoable', params: { context: 'overtaken' } },
    });
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.11', address: '10.70.1.11' });
    await console_.value('change.undo', { id: readdressed.id });
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });

    const apps = await console_.network(first, 'apps');
    const moved = await expectApplied({
      kind: 'move',
      ...on,
      fromNetworkId: networkId,
      toNetworkId: apps.id,
      ipv4: '10.80.0.9',
    });
    expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
    expect((await pinOnEngine(first, 'web', 'apps'))?.pin).toBe('10.80.0.9');
    await console_.value('change.undo', { id: moved.id });
    expect((await pinOnEngine(first, 'web', 'lan'))?.pin).toBe('10.70.1.10');

    await expectApplied({ kind: 'readdress', ...on, networkId });
    const unpinned = await pinOnEngine(first, 'web', 'lan');
    expect(unpinned?.pin).toBeFalsy();
    expect(unpinned?.address).toMatch(/^10\.70\.1\./);
    const detached = await expectApplied({ kind: 'detach', ...on, networkId });
    expect(await pinOnEngine(first, 'web', 'lan')).toBeNull();
    expect(detached.undoable).toBe(true);
  });

  it('works on a stopped container, which emits no event', async () => {
    await first.docker('stop', '-t', '0', 'web');
    await console_.container(first, 'web', (web) => web.state === 'exited');
    const record = await expectApplied(await attachWeb('10.70.1.10'));
    expect(record.hosts[0]?.ipv4).toBe('10.70.1.10');
    await first.docker('start', 'web');
    expect(await pinOnEngine(first, 'web', 'lan')).toEqual({ pin: '10.70.1.10', address: '10.70.1.10' });
  });
});

describe('networks', () => {
  it('are made with range and exclusions, used, and removed; undo makes them again', async () => {
    await first.docker('network', 'rm', 'lan');
    await until('the removal to show', async () =>
      (await console_.snapshot()).networks.every(
        (each) => each.engineId !== console_.engineId(first) || each.name !== 'lan',
      ),
    );
    const made = await expectApplied({
      kind: 'create-network',
      engineId: console_.engineId(first),
      spec: {
        name: 'office',
        driver: 'macvlan',
        parent: first.nic,
        mode: 'bridge',
        subnet: '10.70.1.0/24',
        gateway: '10.70.1.1',
        ipRange: '10.70.1.96/27',
        exclusions: ['10.70.1.96', '10.70.1.97'],
        internal: false,
      },
    });
    await runContainer(first, 'auto', '--network', 'office');
    expect((await pinOnEngine(first, 'auto', 'office'))?.address).toBe('10.70.1.98');
    await first.docker('rm', '-f', 'auto');
    await until('auto to be gone', async () =>
      (await console_.snapshot()).containers.every((each) => each.name !== 'auto'),
    );
    const removed = await expectApplied({
      kind: 'remove-network',
      engineId: console_.engineId(first),
      networkId: String(made.hosts[0]?.networkId),
    });
    expect(await first.docker('network', 'ls', '-q', '--filter', 'name=office')).toBe('');
    await console_.value('change.undo', { id: removed.id });
    const [again] = JSON.parse(await first.docker('network', 'inspect', 'office')) as [
      { IPAM: { Config: unknown[] }; Options: unknown },
    ];
    expect(again.Options).toMatchObject({ parent: first.nic, macvlan_mode: 'bridge' });
    expect(again.IPAM.Config).toMatchObject([
      { Subnet: '10.70.1.0/24', IPRange: '10.70.1.96/27', Gateway: '10.70.1.1' },
    ]);
  });
});

describe('the picture follows the engine', () => {
  it('an attach by the CLI, a removal, a network made by hand', async () => {
    await first.docker('network', 'connect', '--ip', '10.70.1.20', 'lan', 'web');
    await console_.container(first, 'web', (web) =>
      web.endpoints.some((each) => each.pinned4 === '10.70.1.20' && each.ipv4 === '10.70.1.20'),
    );
    await first.docker('network', 'create', 'by-hand');
    await console_.network(first, 'by-hand');
    await first.docker('rm', '-f', 'web');
    await until('web to vanish', async () =>
      (await console_.snapshot()).containers.every((each) => each.name !== 'web'),
    );
    await until('the delta that says so', () =>
      console_.deltas.some((each) => each.containersRemoved.length === 1),
    );
    // Deltas alone lead to the same picture as a snapshot: the window never needs to reload.
    const revisions = console_.deltas.map((each) => each.revision);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  });

  it('offline with its last data while the engine is killed, in step again when it is back', async () => {
    const engine = async () =>
      (await console_.snapshot()).engines.find((each) => each.id === console_.engineId(first));
    await first.killDaemon();
    const offline = await until('the engine to be offline', async () => {
      const now = await engine();
      return now?.state === 'offline' && now.problem?.code === 'engine_unreachable' ? now : undefined;
    });
    expect(offline.problem?.hint).toBeTruthy();
    const { containers } = await console_.snapshot();
    expect(containers.find((each) => each.name === 'web')).toBeTruthy();
    // The other engine is not held up.
    await runContainer(second, 'meanwhile');
    await console_.container(second, 'meanwhile');
    await first.startDaemon();
    await first.docker('rm', '-f', 'web');
    await until('the engine to be back', async () => (await engine())?.state === 'online');
    await until('the removal to show', async () =>
      (await console_.snapshot()).containers.every((each) => each.name !== 'web'),
    );
  });

  it('a stopped daemon hangs nobody else, and says why it is offline', async () => {
    first.pauseDaemon();
    try {
      await runContainer(second, 'meanwhile');
      await console_.container(second, 'meanwhile');
      const offline = await until('the hung engine to be offline', async () =>
        (await console_.snapshot()).engines.find((each) => each.state === 'offline'),
      );
      expect(offline.problem?.code).toBe('engine_timeout');
    } finally {
      first.resumeDaemon();
    }
    await until('the engine to be back', async () =>
      (await console_.snapshot()).engines.every((each) => each.state === 'online'),
    );
  });
});

describe('traffic', () => {
  it('shows a known transfer within a tenth of its true rate, on the network that carried it', async () => {
    await expectApplied(await attachWeb('10.70.1.10'));
    const web = await console_.container(first, 'web', (each) =>
      each.endpoints.some((endpoint) => endpoint.ipv4 === '10.70.1.10'),
    );
    const networkId = web.endpoints.find((each) => each.networkName === 'lan')?.networkId;
    await until('both interfaces to be known by MAC', async () => {
      const { series } = await console_.value('traffic.index', {});
      const ofWeb = series.filter((each) => each.containerId === web.id);
      return ofWeb.length === 2 && ofWeb.every((each) => each.exact && each.networkId);
    });
    const result = await transfer(
      { host: second, container: 'probe' },
      { host: first, container: 'web', ip: '10.70.1.10' },
      { mbit: 40, seconds: 12 },
    );
    const history = await console_.value('traffic.history', {
      engineId: web.engineId,
      containerId: web.id,
      networkId,
      seconds: 12,
      points: 12,
    });
    const rates = history.rxBits.filter((each) => each !== null).sort((a, b) => a - b);
    const median = rates[Math.floor(rates.length / 2)] ?? 0;
    // The counters see headers too: about 4 % more than the payload that iperf3 counts.
    expect(median / 1e6 / result.mbit).toBeGreaterThan(0.9);
    expect(median / 1e6 / result.mbit).toBeLessThan(1.1);
    const other = await console_.value('traffic.history', {
      engineId: web.engineId,
      containerId: web.id,
      networkId: web.endpoints.find((each) => each.networkName === 'bridge')?.networkId,
      seconds: 12,
    });
    expect(Math.max(...other.rxBits.map((each) => each ?? 0))).toBeLessThan(1e6);
  });
});

describe('every kind of container', () => {
  it('is shown as what it is', async () => {
    await runContainer(first, 'on-host', '--network', 'host');
    await runContainer(first, 'alone', '--network', 'none');
    await runContainer(first, 'sharer', '--network', 'container:web');
    await runContainer(first, 'owner');
    await runContainer(first, 'orphan', '--network', 'container:owner');
    await first.docker('rm', '-f', 'owner');
    const kind = async (name: string) => (await console_.container(first, name)).networkMode;
    expect(await kind('on-host')).toEqual({ kind: 'host' });
    expect(await kind('alone')).toEqual({ kind: 'none' });
    const web = await console_.container(first, 'web');
    expect(await kind('sharer')).toEqual({ kind: 'container', containerId: web.id });
    expect(await kind('orphan')).toMatchObject({ kind: 'container' });
    const { series } = await console_.value('traffic.index', {});
    expect(series.filter((each) => each.containerId === (web && 'sharer'))).toEqual([]);
    const before = await everythingOn(first);
    const lan = await console_.network(first, 'lan');
    for (const [name, code] of [
      ['on-host', 'host_mode'],
      ['sharer', 'shares_namespace'],
      ['orphan', 'shares_namespace'],
    ] as const) {
      const who = await console_.container(first, name);
      const request = {
        kind: 'attach',
        engineId: who.engineId,
        containerId: who.id,
        networkId: lan.id,
      } as const;
      expect((await console_.problems(request))[0]?.code, name).toBe(code);
      expect(await console_.change(request)).toMatchObject({ ok: false, error: { code } });
    }
    expect(await everythingOn(first)).toEqual(before);
  });
});
