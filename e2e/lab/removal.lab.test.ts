import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { daemonOf } from './daemon';
import type { LabHost } from './host';
import { labDir } from './layout';
import { until } from './poll';
import { allPids, identify, isAlive, namespaceOf, processesIn } from './procfs';
import type { LabRecord, ProcessRecord } from './record';
import { cgroupsOf, findLabs, namespacesOf, removeLeftovers } from './remove';
import { findService } from './service';
import { startLab, type Lab, type LabOptions } from './start';
import { freshLab } from './vitest';

const lab = freshLab();
const [h1] = lab.hosts;

async function attach(host: LabHost, name: string, ip: string): Promise<void> {
  const lan = ['-d', 'macvlan', '--subnet', '10.70.1.0/24', '-o', 'parent=eth1', 'lan'];
  await host.docker('network', 'create', ...lan);
  await host.docker('run', '-d', '--name', name, '--network', 'lan', '--ip', ip, lab.image);
}

const ping = (host: LabHost, container: string, ip: string) =>
  host.docker('exec', container, 'ping', '-c', '2', '-W', '2', ip);

/** All that a lab may leave on the machine: each entry names what it is. */
function traces(record: LabRecord, processes: ProcessRecord[]): string[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return [
    ...processes.filter(isAlive).map(({ pid }) => `process ${pid}`),
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

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * All processes of its hosts, and what carries connections to them. (Not their namespaces: the kernel gives a
 * namespace's number to the next one.)
 */
const processesOf = (record: LabRecord): ProcessRecord[] => [
  ...record.hosts
    .flatMap((host) => processesIn(namespaceOf(host.init!.pid, 'pid')!))
    .flatMap((pid) => identify(pid) ?? []),
  ...(record.forwarder ? [record.forwarder] : []),
];

async function another(options: LabOptions = {}): Promise<Lab> {
  const extra = await startLab(options);
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
    const extra = await another({ hosts: [{ tls: true, ssh: true }, {}] });
    await extra.hosts[0]!.ssh!.agent();
    await attach(extra.hosts[0]!, 'running', '10.70.1.50');
    await extra.hosts[1]!.docker('run', '-d', '-m', '64m', '-p', '8080:80', '--network', 'bridge', lab.image);
    await extra.hosts[1]!.docker('run', '-d', '--network', 'host', '--name', 'frozen', lab.image);
    // Takes no signal while it is frozen.
    await extra.hosts[1]!.docker('pause', 'frozen');
    const processes = processesOf(extra.record);
    // The check itself must see them while they are there.
    const seen = traces(extra.record, processes).map((line) => line.split(' ')[0]);
    expect([...new Set(seen)].sort()).toEqual(['argv', 'cgroup', 'folder', 'mount', 'netns', 'process']);
    await extra.down();
    expect(traces(extra.record, processes)).toEqual([]);
    expect(outside()).toEqual(before);
  });

  it('may be called twice, and with engines dead or stopped', async () => {
    const extra = await another();
    await extra.hosts[0]!.killDaemon();
    extra.hosts[1]!.pauseDaemon();
    const processes = processesOf(extra.record);
    await extra.down();
    await extra.down();
    expect(traces(extra.record, processes)).toEqual([]);
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
    return { child, output, record, processes: processesOf(record) };
  }

  it('is removed by the next start when its owner was killed', async () => {
    const { child, output, record, processes } = await startElsewhere('--tls', '--ssh');
    for (const { tls, ssh } of record.hosts) {
      expect(output()).toContain(`--host tcp://127.0.0.1:${tls!.port}`);
      expect(output()).toContain(`--host ssh://root@127.0.0.1:${ssh!.port}`);
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(labDir(record.id))).toBe(true);
    const said: string[] = [];
    const next = await startLab({ hosts: 1, onProgress: (line) => said.push(line) });
    onTestFinished(next.down);
    expect(said[0]).toContain(record.id);
    expect(traces(record, processes)).toEqual([]);
    // The run's own lab has a living owner.
    expect(findService(daemonOf(lab.record.hosts[0]!))).toBeDefined();
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is gone after %s', async (name) => {
    const { child, output, record, processes } = await startElsewhere('--hosts', '1');
    expect(output()).toContain(`npm start -- --host unix://${record.hosts[0]!.socket}`);
    child.kill(name);
    await once(child, 'exit');
    expect(traces(record, processes)).toEqual([]);
    expect(child.exitCode).toBe(0);
  });

  it('is gone after a signal in the middle of its start', async () => {
    const { child, output } = await runCli('--hosts', '1');
    await until('the daemons to start', () => output().includes('starting the engines'));
    const record = findLabs().find(({ owner }) => owner.pid === child.pid)!;
    const processes = processesOf(record);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(traces(record, processes)).toEqual([]);
  });

  it('is removed by `down`, owner and all', async () => {
    const { child, record, processes } = await startElsewhere('--hosts', '1');
    const ended = once(child, 'exit');
    const down = await runCli('down', record.id);
    await once(down.child, 'exit');
    await ended;
    expect(down.output()).toContain(`lab ${record.id} removed`);
    expect(traces(record, processes)).toEqual([]);
  });

  it.each([
    [['--hosts', '0'], /1 to 8 hosts, not 0/],
    [['--hosts', 'many'], /1 to 8 hosts/],
    [
      ['--engines', 'docker,lxc'],
      /unknown engine: lxc; there are docker, docker-26\.1, docker-28, podman, podman-5/,
    ],
    [['--engines', 'docker', '--hosts', '3'], /--engines says how many hosts/],
    [['up'], /unknown command: up/],
    [['--frobnicate'], /frobnicate/],
  ])('is refused for bad arguments: %s', async (args, message) => {
    const { child, output } = await runCli(...args);
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(output()).toMatch(message);
  });
});
