import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdirSync } from 'node:fs';
import { cgroupsOf } from './remove';
import { startLab, type Lab } from './start';
import type { LabHost } from './host';

describe('hosts with other engines than the machine', () => {
  let lab: Lab;
  let newer: LabHost;
  let podman: LabHost;
  let testing: LabHost;
  let testingPodman: LabHost;
  beforeAll(async () => {
    const engines = ['docker-26.1', 'podman', 'docker-28', 'podman-5'] as const;
    lab = await startLab({ hosts: engines.map((engine) => ({ engine })) });
    [newer, podman, testing, testingPodman] = lab.hosts as [LabHost, LabHost, LabHost, LabHost];
  });
  afterAll(() => lab.down());

  const versionOf = async (host: LabHost) => (await host.api('GET', '/version')).body as { Version: string };
  const run = (host: LabHost, name: string, ...more: string[]) =>
    host.docker('run', '-d', '--name', name, ...more, lab.image);

  it('run each its own, and have the image', async () => {
    expect((await versionOf(newer)).Version).toMatch(/^26\.1\./);
    expect(Number.parseInt((await versionOf(testing)).Version)).toBeGreaterThanOrEqual(28);
    expect(await versionOf(podman)).toMatchObject({
      Version: expect.stringMatching(/^4\./),
      Components: [{ Name: 'Podman Engine' }, {}, {}],
    });
    expect(await versionOf(testingPodman)).toMatchObject({
      Version: expect.stringMatching(/^[5-9]\./),
      Components: [{ Name: 'Podman Engine' }, {}, {}],
    });
    for (const host of lab.hosts) {
      await run(host, 'one');
      expect(await host.docker('ps', '--format', '{{.Names}}')).toBe('one');
    }
  });

  it('are on one LAN', async () => {
    const lan = ['-d', 'macvlan', '--subnet', '10.70.1.0/24', '-o', 'parent=eth1', 'lan'];
    for (const [index, host] of lab.hosts.entries()) {
      await host.docker('network', 'create', ...lan);
      await run(host, 'member', '--network', 'lan', '--ip', `10.70.1.${50 + index}`, '--cap-add', 'NET_RAW');
    }
    for (const host of [podman, testing, testingPodman]) {
      const pinged = await host.docker('exec', 'member', 'ping', '-c', '1', '-W', '2', '10.70.1.50');
      expect(pinged).toContain('1 packets received');
    }
  });

  it('have their containers in the lab’s cgroups', async () => {
    const groups = cgroupsOf(lab.id).flatMap((root) => readdirSync(root, { recursive: true }).map(String));
    for (const host of ['h2', 'h4'])
      expect(groups.some((path) => path.startsWith(`${host}/libpod_parent/`))).toBe(true);
    for (const host of ['h1', 'h3'])
      expect(groups.some((path) => new RegExp(`^${host}/[0-9a-f]{64}`).test(path))).toBe(true);
  });

  it('are killed, paused and restarted', async () => {
    for (const host of [podman, testingPodman]) {
      await host.killDaemon();
      await expect(host.api('GET', '/_ping')).rejects.toThrow(/ECONNREFUSED/);
      await host.startDaemon();
      host.pauseDaemon();
      host.resumeDaemon();
      await host.restartDaemon();
      expect(await host.docker('ps', '-q')).not.toBe('');
    }
  });

  it('are cleaned, those too that share a namespace', async () => {
    for (const host of lab.hosts) {
      await run(host, 'owner');
      await run(host, 'sharer', '--network', 'container:owner');
      await host.clean();
      expect(await host.docker('ps', '-aq')).toBe('');
      const networks = await host.docker('network', 'ls', '--format', '{{.Name}}');
      expect(networks.split('\n').filter((name) => !['bridge', 'host', 'none'].includes(name))).toEqual([]);
    }
  });
});
