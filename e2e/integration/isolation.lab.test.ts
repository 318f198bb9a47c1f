import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IsolationReport, Run, ShimStatus } from '../../shared/model';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';

const lab = freshLab();
const [first, second] = lab.hosts;

let console_: TestConsole;
beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
});
afterEach(async () => {
  await console_.end();
  // A failed test may leave a link in a host that the lab's own cleaning knows nothing of.
  for (const host of lab.hosts) {
    for (const name of await shimsIn(host)) await host.exec('ip', 'link', 'del', name);
  }
});

const shimsIn = async (host: LabHost) =>
  [...(await host.exec('ip', '-o', 'link')).matchAll(/^\d+: (tl-[0-9a-f]+)@/gm)].map((each) => each[1] ?? '');

const lanOn = (host: LabHost, name: string, parent: string, prefix: string, range: number) =>
  host.docker(
    ...['network', 'create', '-d', 'macvlan', '-o', `parent=${parent}`, '--subnet', `${prefix}.0/24`],
    ...['--gateway', `${prefix}.1`, '--ip-range', `${prefix}.${String(range)}/27`, name],
  );
const run = (host: LabHost, name: string, network: string) =>
  host.docker('run', '-d', '--name', name, '--network', network, lab.image, 'sleep', '3600');

const allow = (host: LabHost, granted = true) =>
  console_.value('toolbox.consent', { engineId: console_.engineId(host), granted });

/** `lan·h1` → `iot·h2`: reason. */
function reasonOf(report: IsolationReport, from: string, to: string): string | undefined {
  const names = report.places.map((each) => `${each.networkName}·${each.engineName}`);
  const row = report.cells[names.indexOf(from)];
  const column = report.targets.findIndex((each) =>
    each.kind === 'place' ? names[each.place] === to : each.address === to,
  );
  return row?.[column]?.reason;
}

describe('the isolation proof', () => {
  it('tells one LAN across hosts from two switches that know nothing of each other', async () => {
    for (const [index, host] of lab.hosts.entries()) {
      await lanOn(host, 'lan', 'eth1', '10.70.1', 64 + 32 * index);
      await lanOn(host, 'iot', 'eth2', '10.70.21', 64 + 32 * index);
      await run(host, `lan-${host.name}`, 'lan');
      await run(host, `iot-${host.name}`, 'iot');
      await allow(host);
    }
    const networks = [];
    for (const host of lab.hosts) {
      for (const name of ['lan', 'iot']) {
        await console_.container(host, `${name}-${host.name}`, (each) => each.endpoints[0]?.ipv4 !== '');
        const { id } = await console_.network(host, name);
        networks.push({ engineId: console_.engineId(host), networkId: id });
      }
    }
    const runs: Run[] = [];
    console_.core.subscribe((name, data) => {
      if (name === 'run.changed') runs.push(data as Run);
    });
    const report = await console_.isolation(networks);
    const places = report.places.map((each) => `${each.networkName}·${each.engineName}`);
    for (const from of places) {
      for (const to of places) {
        const sameLan = from.split('·')[0] === to.split('·')[0];
        // The lab itself has the address of the one LAN's gateway, and nobody that of the other's.
        const away = from.startsWith('lan') ? 'no_answer' : 'no_router';
        const expected = from === to ? 'self' : sameLan ? 'arp' : away;
        expect(`${from} → ${to}: ${String(reasonOf(report, from, to))}`).toBe(`${from} → ${to}: ${expected}`);
      }
    }
    expect(runs.at(-1)).toMatchObject({ state: 'done', progress: { done: 4, of: 4 }, left: [] });
    for (const host of lab.hosts) {
      expect(await host.docker('ps', '-aq', '--filter', 'label=io.trunkline.helper.run')).toBe('');
    }
  });

  it('cancelled, answers with what it has, and leaves no helper on any engine', async () => {
    const networks: { engineId: string; networkId: string }[] = [];
    for (const [index, host] of lab.hosts.entries()) {
      // Nobody answers on these switches, so that every probe waits out its time.
      await lanOn(host, 'lan', 'eth1', '10.70.1', 64 + 32 * index);
      await lanOn(host, 'iot', 'eth2', `10.70.2${String(index)}`, 64);
      await allow(host);
      for (const name of ['lan', 'iot']) {
        await run(host, `${name}-${host.name}`, name);
        await console_.container(host, `${name}-${host.name}`, (each) => each.endpoints[0]?.ipv4 !== '');
        const { id } = await console_.network(host, name);
        networks.push({ engineId: console_.engineId(host), networkId: id });
      }
    }
    // Of runs: the LAN is asked besides for what has just started.
    const helpers = async () => {
      const lists = lab.hosts.map((host) =>
        host.docker('ps', '-aq', '--filter', 'label=io.trunkline.helper.run'),
      );
      return (await Promise.all(lists)).join('\n').trim();
    };
    const start = async () =>
      (await console_.value('run.start', { request: { kind: 'isolation', networks } })).id;
    const id = await start();
    await until('a helper that asks', async () => (await helpers()) !== '');
    const ended = await console_.value('run.cancel', { id });
    expect(await helpers()).toBe('');
    expect(ended).toMatchObject({ state: 'cancelled', left: [] });
    const { result } = await console_.value('run.get', { id });
    expect(result?.report.cancelled).toBe(true);
    expect(result?.report.cells.flat().some((each) => each.reason === 'cancelled')).toBe(true);
    expect(result?.report.places.flatMap((each) => each.problem ?? [])).toEqual([]);
    // The console itself ends the same way.
    const last = await start();
    await until('a helper that asks again', async () => (await helpers()) !== '');
    await console_.core.dispose();
    expect(await helpers()).toBe('');
    expect(await console_.value('run.get', { id: last })).toMatchObject({ state: 'cancelled', left: [] });
  });

  it('cancelled while an engine is gone, says that nobody can tell what is left there', async () => {
    const networks = [];
    for (const [index, host] of lab.hosts.entries()) {
      await lanOn(host, 'iot', 'eth2', `10.70.2${String(index)}`, 64);
      await allow(host);
      await run(host, `iot-${host.name}`, 'iot');
      await console_.container(host, `iot-${host.name}`, (each) => each.endpoints[0]?.ipv4 !== '');
      const { id } = await console_.network(host, 'iot');
      networks.push({ engineId: console_.engineId(host), networkId: id });
    }
    const { id } = await console_.value('run.start', { request: { kind: 'isolation', networks } });
    const ask = ['ps', '-aq', '--filter', 'label=io.trunkline.helper.run'];
    await until('a helper that asks on either host', async () =>
      (await Promise.all(lab.hosts.map((host) => host.docker(...ask)))).every((each) => each !== ''),
    );
    await second.killDaemon();
    try {
      const { left, state } = await console_.value('run.cancel', { id });
      expect(state).toBe('cancelled');
      expect(left.map(({ engineId, problem }) => [engineId, problem.code])).toEqual([
        [console_.engineId(second), 'engine_unreachable'],
      ]);
      expect(await first.docker(...ask)).toBe('');
    } finally {
      await second.startDaemon();
      // What the console could not remove.
      const ids = (await second.docker(...ask)).split(/\s+/).filter(Boolean);
      if (ids.length > 0) await second.docker('rm', '-f', ...ids);
    }
  });

  it('finds that two subnets are one LAN, although no route leads from one to the other', async () => {
    await lanOn(first, 'lan', 'eth1', '10.70.1', 64);
    // Meant for another VLAN, and plugged into the same switch.
    await lanOn(second, 'stray', 'eth1', '10.99.1', 96);
    await run(first, 'web', 'lan');
    await run(second, 'db', 'stray');
    const networks = [];
    for (const [host, name, network] of [
      [first, 'web', 'lan'],
      [second, 'db', 'stray'],
    ] as const) {
      await allow(host);
      await console_.container(host, name, (each) => each.endpoints[0]?.ipv4 !== '');
      const { id } = await console_.network(host, network);
      networks.push({ engineId: console_.engineId(host), networkId: id });
    }
    const report = await console_.isolation(networks);
    expect(reasonOf(report, 'lan·h1', 'stray·h2')).toBe('arp');
    expect(reasonOf(report, 'stray·h2', 'lan·h1')).toBe('arp');
  });

  it('is not taken in by a bridge that the asking container is on as well', async () => {
    await lanOn(first, 'lan', 'eth1', '10.70.1', 64);
    await lanOn(first, 'iot', 'eth2', '10.70.20', 64);
    await first.docker('network', 'create', '--subnet', '172.31.9.0/24', 'apps');
    await allow(first);
    const networks = [];
    for (const name of ['lan', 'iot']) {
      await run(first, `on-${name}`, 'apps');
      await first.docker('network', 'connect', name, `on-${name}`);
      // Its default route leads over the bridge, whose host is a router to what it has addresses on.
      await console_.container(
        first,
        `on-${name}`,
        ({ endpoints }) => endpoints.length === 2 && endpoints.every(({ ipv4 }) => ipv4 !== ''),
      );
      const { id } = await console_.network(first, name);
      networks.push({ engineId: console_.engineId(first), networkId: id });
    }
    await first.exec('ip', 'addr', 'add', '10.70.20.2/24', 'dev', 'eth2');
    try {
      const report = await console_.isolation(networks);
      expect(report.places.map((each) => [each.alsoOn, each.problem])).toEqual([
        [['apps'], undefined],
        [['apps'], undefined],
      ]);
      const seen = report.cells[0]?.[1];
      expect([seen?.verdict, seen?.reason, seen?.evidence?.ping?.received ?? 0]).toEqual([
        'isolated',
        'no_way',
        0,
      ]);
      expect(reasonOf(report, 'iot·h1', 'lan·h1')).toBe('no_way');
    } finally {
      await first.exec('ip', 'addr', 'del', '10.70.20.2/24', 'dev', 'eth2');
    }
  });

  it('says which host can’t be asked, and proves what it can without it', async () => {
    await lanOn(first, 'lan', 'eth1', '10.70.1', 64);
    await lanOn(second, 'lan', 'eth1', '10.70.1', 96);
    await run(first, 'web', 'lan');
    await run(second, 'db', 'lan');
    await allow(first);
    await allow(second, false);
    const networks = [];
    for (const [host, name] of [
      [first, 'web'],
      [second, 'db'],
    ] as const) {
      await console_.container(host, name, (each) => each.endpoints[0]?.ipv4 !== '');
      const { id } = await console_.network(host, 'lan');
      networks.push({ engineId: console_.engineId(host), networkId: id });
    }
    const report = await console_.isolation(networks);
    expect(report.places[1]?.problem?.code).toBe('toolbox_refused');
    expect(reasonOf(report, 'lan·h1', 'lan·h2')).toBe('arp');
    expect(reasonOf(report, 'lan·h2', 'lan·h1')).toBe('failed');
  });
});

describe('the shim', () => {
  const ping = (host: LabHost, address: string) =>
    host.exec('busybox', 'ping', '-c', '1', '-W', '2', address).then(
      () => true,
      () => false,
    );
  const addressOf = async (name: string) =>
    (await console_.container(first, name, (each) => !!each.endpoints[0]?.ipv4)).endpoints[0]?.ipv4 ?? '';
  const applied = (routes: number) =>
    until(`a shim with ${String(routes)} routes`, async () => {
      const [shim] = (await console_.value('policies.list', {})).filter((each) => each.kind === 'shim');
      return shim?.state === 'applied' && shim.shim?.routes.length === routes ? shim : undefined;
    });

  it('gives the host its containers, follows them, comes back after a reboot, and goes', async () => {
    await lanOn(first, 'lan', 'eth1', '10.70.1', 64);
    await first.docker(
      ...['run', '-d', '--restart', 'always', '--name', 'web', '--network', 'lan'],
      ...[lab.image, 'sleep', '3600'],
    );
    const web = await addressOf('web');
    const engineId = console_.engineId(first);
    const { id: networkId } = await console_.network(first, 'lan');
    await allow(first);
    expect(await ping(first, web)).toBe(false);

    const request = { kind: 'put-shim', engineId, networkId } as const;
    const preview = await console_.value('change.preview', { request });
    expect(preview.problems).toEqual([]);
    const address = preview.suggestedIpv4 ?? '';
    const heard: ShimStatus[][] = [];
    console_.core.subscribe((name, data) => {
      if (name === 'policies.changed') heard.push(data as ShimStatus[]);
    });
    const made = await console_.value('change.apply', { id: preview.id });
    expect(made).toMatchObject({ state: 'applied', undoable: true });
    expect(heard.at(-1)?.[0]).toMatchObject({ state: 'applied', address });
    expect(await ping(first, web)).toBe(true);

    await run(first, 'db', 'lan');
    await applied(2);
    expect(await ping(first, await addressOf('db'))).toBe(true);
    await first.docker('rm', '-f', 'db');
    const { shim } = await applied(1);

    // What a reboot does: the daemon goes, the link is forgotten, the daemon comes.
    await first.killDaemon();
    await until('the shim to wait', async () => {
      const [status] = await console_.value('policies.list', {});
      return status?.state === 'waiting';
    });
    await first.exec('ip', 'link', 'del', shim?.name ?? '');
    await first.startDaemon();
    await applied(1);
    // The container starts anew, too, and may answer a moment later than the way to it is there.
    await until('the container to answer again', () => ping(first, web));

    const removed = await console_.change({ kind: 'remove-shim', engineId, networkId });
    expect(removed).toMatchObject({ ok: true, value: { state: 'applied', undoable: true } });
    expect(await console_.value('policies.list', {})).toEqual([]);
    expect(await shimsIn(first)).toEqual([]);
    if (removed.ok) await console_.value('change.undo', { id: removed.value.id });
    await applied(1);
    expect(await ping(first, web)).toBe(true);
    await console_.value('change.undo', { id: made.id });
    expect(await console_.value('policies.list', {})).toEqual([]);
    expect(await shimsIn(first)).toEqual([]);
  });

  it('is refused in the pool and without consent, and leaves nothing', async () => {
    await lanOn(first, 'lan', 'eth1', '10.70.1', 64);
    const engineId = console_.engineId(first);
    const { id: networkId } = await console_.network(first, 'lan');
    const code = async (address: string) => {
      const result = await console_.change({ kind: 'put-shim', engineId, networkId, address });
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await code('10.70.1.70')).toBe('address_reserved');
    expect(await code('10.70.1.2')).toBe('toolbox_unasked');
    await allow(first, false);
    expect(await code('10.70.1.2')).toBe('toolbox_refused');
    expect(await console_.value('policies.list', {})).toEqual([]);
    expect(await shimsIn(first)).toEqual([]);
  });
});
