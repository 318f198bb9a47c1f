import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { startLab, transfer, until, type Lab, type LabHost } from '../lab';
import { findDaemon } from '../lab/daemon';
import { labDir } from '../lab/layout';
import { allPids, namespaceOf, processesIn } from '../lab/procfs';
import type { LabRecord } from '../lab/record';
import { cgroupsOf, findLabs, namespacesOf, removeLeftovers } from '../lab/remove';
import { freshLab } from '../lab/vitest';

const lab = freshLab();
const [h1, h2] = lab.hosts;

async function attach(host: LabHost, name: string, ip: string): Promise<void> {
  await host.docker(
    'network',
    'create',
    '-d',
    'macvlan',
    '--subnet',
    '10.70.1.0/24',
    '-o',
    'parent=eth1',
    'lan',
  );
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

/** All that a lab may leave on the machine: each entry names what it is. */
function traces(record: LabRecord, pidNamespaces: string[]): string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return [
    ...processesInAny(pidNamespaces).map((pid) => `process ${pid}`),
    ...allPids()
      .filter((pid) => pid !== process.pid && commandLine(pid).includes(record.dir))
      .map((pid) => `argv ${pid}`),
    ...namespacesOf(record.id).map((name) => `netns ${name}`),
    ...cgroupsOf(record.id).map((path) => `cgroup ${path}`),
    ...mounts
      .filter((line) => line.includes(record.dir) || line.includes(record.id))
      .map((line) => `mount ${line}`),
    ...(existsSync(record.dir) ? [`folder ${record.dir}`] : []),
  ];
}

const processesInAny = (namespaces: string[]) => namespaces.flatMap(processesIn);

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

const pidNamespacesOf = (record: LabRecord) =>
  record.hosts.map((host) => namespaceOf(host.init!.pid, 'pid')!);

async function another(): Promise<Lab> {
  const extra = await startLab();
  onTestFinished(extra.down);
  return extra;
}

describe('two labs at once', () => {
  it('do not see each other, though their addresses are the same', async () => {
    const other = await another();
    await attach(h1, 'mine', '10.70.1.50');
    await attach(other.hosts[0]!, 'theirs', '10.70.1.50');
    await attach(other.hosts[1]!, 'asking', '10.70.1.60');
    expect(await ping(other.hosts[1]!, 'asking', '10.70.1.50')).toContain('2 packets received');
    await other.hosts[0]!.docker('rm', '-f', 'theirs');
    await expect(ping(other.hosts[1]!, 'asking', '10.70.1.50')).rejects.toThrow(/0 packets received/);
    await other.down();
    expect(await ping(h1, 'mine', '10.70.1.1')).toContain('2 packets received');
  });
});

describe('down', () => {
  it('leaves nothing: no process, mount, namespace, cgroup or folder', async () => {
    const outside = () => ['/etc/docker', '/opt/containerd', '/run/docker', '/run/containerd'].map(listing);
    const before = outside();
    const extra = await another();
    await attach(extra.hosts[0]!, 'running', '10.70.1.50');
    await extra.hosts[1]!.docker('run', '-d', '-m', '64m', '-p', '8080:80', '--network', 'bridge', lab.image);
    await extra.hosts[1]!.docker('run', '-d', '--network', 'host', '--name', 'frozen', lab.image);
    // Takes no signal while it is frozen.
    await extra.hosts[1]!.docker('pause', 'frozen');
    const namespaces = pidNamespacesOf(extra.record);
    // The check itself must see them while they are there.
    const seen = traces(extra.record, namespaces).map((line) => line.split(' ')[0]);
    expect([...new Set(seen)].sort()).toEqual(['argv', 'cgroup', 'folder', 'mount', 'netns', 'process']);
    await extra.down();
    expect(traces(extra.record, namespaces)).toEqual([]);
    expect(outside()).toEqual(before);
  });

  it('may be called twice, and with engines dead or stopped', async () => {
    const extra = await another();
    await extra.hosts[0]!.killDaemon();
    extra.hosts[1]!.pauseDaemon();
    const namespaces = pidNamespacesOf(extra.record);
    await extra.down();
    await extra.down();
    expect(traces(extra.record, namespaces)).toEqual([]);
  });

  function listing(folder: string): string[] {
    return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : ['absent'];
  }
});

describe('a lab of another process', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    removeLeftovers();
  });

  /** `npm run lab`, without the npm. */
  async function runCli(...args: string[]): Promise<{ child: ChildProcess; output: () => string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/lab/cli.ts', ...args], { stdio: 'pipe' });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (text += part.toString()));
    return Promise.resolve({ child, output: () => text });
  }

  async function startElsewhere(...args: string[]) {
    const { child, output } = await runCli('--no-samples', ...args);
    await until('the lab to be up', () => {
      if (child.exitCode !== null) throw new Error(output());
      return output().includes('is up');
    });
    const record = findLabs().find(({ owner }) => owner.pid === child.pid)!;
    return { child, output, record, namespaces: pidNamespacesOf(record) };
  }

  it('is removed by the next start when its owner was killed', async () => {
    const { child, record, namespaces } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(labDir(record.id))).toBe(true);
    const said: string[] = [];
    const next = await startLab({ hosts: 1, onProgress: (line) => said.push(line) });
    onTestFinished(next.down);
    expect(said[0]).toContain(record.id);
    expect(traces(record, namespaces)).toEqual([]);
    // The run's own lab has a living owner.
    expect(findDaemon(lab.record.hosts[0]!)).toBeDefined();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is gone after %s', async (name) => {
    const { child, output, record, namespaces } = await startElsewhere('--hosts', '1');
    expect(output()).toContain(`npm start -- --host unix://${record.hosts[0]!.socket}`);
    child.kill(name);
    await once(child, 'exit');
    expect(traces(record, namespaces)).toEqual([]);
    expect(child.exitCode).toBe(0);
  });

  it('is gone after a signal in the middle of its start', async () => {
    const { child, output } = await runCli('--hosts', '1');
    await until('the daemons to start', () => output().includes('starting dockerd'));
    const record = findLabs().find(({ owner }) => owner.pid === child.pid)!;
    const namespaces = pidNamespacesOf(record);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(traces(record, namespaces)).toEqual([]);
  });

  it('is removed by `down`, owner and all', async () => {
    const { child, record, namespaces } = await startElsewhere('--hosts', '1');
    const ended = once(child, 'exit');
    const down = await runCli('down', record.id);
    await once(down.child, 'exit');
    await ended;
    expect(down.output()).toContain(`lab ${record.id} removed`);
    expect(traces(record, namespaces)).toEqual([]);
  });

  it.each([
    [['--hosts', '0'], /1 to 8 hosts, not 0/],
    [['--hosts', 'many'], /1 to 8 hosts/],
    [['up'], /unknown command: up/],
    [['--frobnicate'], /frobnicate/],
  ])('is refused for bad arguments: %s', async (args, message) => {
    const { child, output } = await runCli(...args);
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(output()).toMatch(message);
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
    expect(await h1.exec('ping', '-c', '1', '-W', '2', h2.address)).toMatch(/1 (packets )?received/);
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
