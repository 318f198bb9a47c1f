import { describe, expect, it, onTestFinished } from 'vitest';
import { startLab, transfer, until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';

const lab = freshLab();
const [h1, h2] = lab.hosts;

async function attach(host: LabHost, name: string, ip: string): Promise<void> {
  const lan = ['-d', 'macvlan', '--subnet', '10.70.1.0/24', '-o', 'parent=eth1', 'lan'];
  await host.docker('network', 'create', ...lan);
  await host.docker('run', '-d', '--name', name, '--network', 'lan', '--ip', ip, lab.image);
}

const ping = (host: LabHost, container: string, ip: string) =>
  host.docker('exec', container, 'ping', '-c', '2', '-W', '2', ip);

describe('one LAN', () => {
  it('lets pinned macvlan containers on two hosts, and the gateway, answer each other', async () => {
    await attach(h1, 'one', '10.70.1.50');
    await attach(h2, 'two', '10.70.1.51');
    expect(await ping(h1, 'one', '10.70.1.51')).toContain('2 packets received');
    expect(await ping(h2, 'two', '10.70.1.50')).toContain('2 packets received');
    expect(await ping(h1, 'one', '10.70.1.1')).toContain('2 packets received');
  });

  it('is cut by pulling the cable and whole again after plugging it in', async () => {
    await attach(h1, 'one', '10.70.1.50');
    await attach(h2, 'two', '10.70.1.51');
    await h2.linkDown();
    await expect(ping(h1, 'one', '10.70.1.51')).rejects.toThrow(/0 packets received/);
    expect(await h2.exec('ip', '-br', 'addr', 'show', 'eth1')).toMatch(/DOWN.*10\.70\.1\.12/);
    await h2.linkUp();
    await until('the ping to come back', () => ping(h1, 'one', '10.70.1.51').catch(() => ''));
  });

  it('carries a transfer at the rate asked for', async () => {
    await attach(h1, 'one', '10.70.1.50');
    await attach(h2, 'two', '10.70.1.51');
    const to = { host: h2, container: 'two', ip: '10.70.1.51' };
    const result = await transfer({ host: h1, container: 'one' }, to, { mbit: 20, seconds: 3 });
    expect(result.mbit).toBeGreaterThan(19);
    expect(result.mbit).toBeLessThan(21);
  });
});

describe('an engine', () => {
  it('is a host of its own: name, id, processes and network', async () => {
    const infos = await Promise.all(
      lab.hosts.map((host) => host.docker('info', '--format', '{{.Name}} {{.ID}}')),
    );
    expect(infos.map((info) => info.split(' ')[0])).toEqual(['h1', 'h2']);
    expect(new Set(infos.map((info) => info.split(' ')[1])).size).toBe(2);
    await h1.docker('run', '-d', '--name', 'unseen', '--network', 'host', lab.image, 'sleep', '987654');
    expect(await h1.exec('ps', '-ef')).toContain('sleep 987654');
    expect(await h2.exec('ps', '-ef')).not.toContain('sleep 987654');
  });

  it('comes back after SIGKILL, with its pins, and restarts what asked for it', async () => {
    await attach(h1, 'pinned', '10.70.1.50');
    await h1.docker('run', '-d', '--restart', 'always', '--name', 'keeper', lab.image);
    await h1.killDaemon();
    await expect(h1.api('GET', '/_ping')).rejects.toThrow();
    await h1.startDaemon();
    await until('keeper to run', async () => (await h1.docker('ps', '--format', '{{.Names}}')) === 'keeper');
    await h1.docker('start', 'pinned');
    const format = '{{.NetworkSettings.Networks.lan.IPAddress}}';
    expect(await h1.docker('inspect', '--format', format, 'pinned')).toBe('10.70.1.50');
  });

  it('falls silent while paused and answers again when resumed', async () => {
    h1.pauseDaemon();
    const asked = h1.api('GET', '/_ping');
    expect(await Promise.race([asked, h2.api('GET', '/version').then(() => 'the other was first')])).toBe(
      'the other was first',
    );
    h1.resumeDaemon();
    expect((await asked).status).toBe(200);
  });

  it('gives its own words on a refusal', async () => {
    const bad = await h1.api('POST', '/networks/create', {
      Name: 'bad',
      Driver: 'macvlan',
      Options: { parent: 'nope0' },
      IPAM: { Config: [{ Subnet: '10.9.0.0/24' }] },
    });
    expect(bad).toMatchObject({ status: 500, body: { message: expect.stringContaining('nope0') as string } });
    await expect(h1.docker('inspect', 'nobody')).rejects.toThrow(/No such object: nobody/i);
  });
});

describe('clean', () => {
  it('brings back a host as it was, whatever a test did to it', async () => {
    await attach(h1, 'pinned', '10.70.1.50');
    await h1.docker(
      'network',
      'create',
      '--config-only',
      '-o',
      'parent=eth2',
      '--subnet',
      '10.70.20.0/24',
      'a-config',
    );
    await h1.docker('network', 'create', '-d', 'macvlan', '--config-from', 'a-config', 'b-from-config');
    await h1.docker('run', '-d', '--name', 'user', '--network', 'b-from-config', lab.image);
    await h1.docker('pause', 'user');
    await h1.linkDown();
    await h1.killDaemon();
    h2.pauseDaemon();
    await Promise.all(lab.hosts.map((host) => host.clean()));
    expect(await h1.docker('ps', '-aq')).toBe('');
    expect(await h1.docker('network', 'ls', '--format', '{{.Name}}')).toBe('bridge\nhost\nnone');
    expect((await h2.api('GET', '/_ping')).status).toBe(200);
    expect(await h1.exec('busybox', 'ping', '-c', '1', '-W', '2', h2.address)).toMatch(
      /1 (packets )?received/,
    );
  });
});

describe('samples', () => {
  it('run in every network mode on both hosts, and talk across them', async () => {
    const extra = await startLab({ samples: true });
    onTestFinished(extra.down);
    for (const host of extra.hosts) await expectEveryMode(host);
    const [, home] = extra.hosts;
    const received = async () =>
      Number(await home!.docker('exec', 'recorder', 'cat', '/sys/class/net/eth0/statistics/rx_bytes'));
    const before = await received();
    await until('film to arrive', async () => (await received()) - before > 1_000_000);
  });

  async function expectEveryMode(host: LabHost): Promise<void> {
    const ids = (await host.docker('ps', '-aq')).split('\n');
    const all = JSON.parse(await host.docker('inspect', ...ids)) as Inspected[];
    const modes = all.map(({ HostConfig }) => HostConfig.NetworkMode.replace(/:.*/, ''));
    expect(new Set(modes)).toEqual(
      new Set([
        ...['bridge', 'host', 'none', 'container', 'lan', 'iot', 'backend'],
        host.name === 'h1' ? 'frontend' : 'living-room',
      ]),
    );
    const endpoints = all.map(({ NetworkSettings }) => Object.values(NetworkSettings.Networks));
    const onLan = all.flatMap(({ NetworkSettings }) => NetworkSettings.Networks.lan ?? []);
    expect(onLan.some(({ IPAMConfig }) => IPAMConfig?.IPv4Address)).toBe(true);
    expect(onLan.some(({ IPAMConfig }) => !IPAMConfig?.IPv4Address)).toBe(true);
    expect(endpoints.some((networks) => networks.length === 2)).toBe(true);
    expect(new Set(all.map(({ State }) => State.Status))).toEqual(new Set(['running', 'paused', 'exited']));
    // A sharer whose owner is gone.
    const owners = all.flatMap(({ HostConfig }) => /^container:(.*)/.exec(HostConfig.NetworkMode)?.[1] ?? []);
    expect(owners.filter((owner) => !all.some(({ Id }) => Id === owner))).toHaveLength(1);
  }

  interface Inspected {
    Id: string;
    State: { Status: string };
    HostConfig: { NetworkMode: string };
    NetworkSettings: { Networks: Record<string, { IPAMConfig: { IPv4Address?: string } | null }> };
  }
});
