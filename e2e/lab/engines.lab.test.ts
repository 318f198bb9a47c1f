import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdirSync } from 'node:fs';
import { cgroupsOf } from './remove';
import { startLab, type Lab } from './start';
import type { LabHost } from './host';

describe('hosts with other engines than the machine', () => {
  let lab: Lab;
  let newer: LabHost;
  let podman: LabHost;
  beforeAll(async () => {
    lab = await startLab({ hosts: [{ engine: 'docker-26.1' }, { engine: 'podman' }] });
    [newer, podman] = lab.hosts as [LabHost, LabHost];
  });
  afterAll(() => lab.down());

  const versionOf = async (host: LabHost) => (await host.api('GET', '/version')).body as { Version: string };
  const run = (host: LabHost, name: string, ...more: string[]) =>
    host.docker('run', '-d', '--name', name, ...more, lab.image);

  it('run each its own, and have the image', async () => {
    expect((await versionOf(newer)).Version).toMatch(/^26\.1\./);
    expect(await versionOf(podman)).toMatchObject({ Components: [{ Name: 'Podman Engine' }, {}, {}] });
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
    const pinged = await podman.docker('exec', 'member', 'ping', '-c', '1', '-W', '2', '10.70.1.50');
    expect(pinged).toContain('1 packets received');
  });

  it('have their containers in the lab’s cgroups', async () => {
    const groups = cgroupsOf(lab.id).flatMap((root) => readdirSync(root, { recursive: true }).map(String));
    expect(groups.some((path) => path.startsWith('h2/libpod_parent/'))).toBe(true);
    expect(groups.some((path) => /^h1\/[0-9a-f]{64}/.test(path))).toBe(true);
  });

  it('are killed, paused and restarted', async () => {
    await podman.killDaemon();
    await expect(podman.api('GET', '/_ping')).rejects.toThrow(/ECONNREFUSED/);
    await podman.startDaemon();
    podman.pauseDaemon();
    podman.resumeDaemon();
    await podman.restartDaemon();
    expect(await podman.docker('ps', '-q')).not.toBe('');
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
