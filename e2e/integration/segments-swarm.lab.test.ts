import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SegmentFile } from '../../shared/model';
import { contains, parseCidr, parseIp } from '../../shared/rules';
import { until, type LabHost } from '../lab';
import { cleanEnv, run } from '../lab/run';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';
import { address, inspect, office, ping, segmentsOf } from './segments.helpers';

const lab = freshLab();
const [manager, worker] = lab.hosts;
let console_: TestConsole;
const { applied, both, create, runContainer } = segmentsOf(lab, () => console_);

/** The image by a name whose registry refuses at once: before each task, swarm asks for a newer one. */
const image = '127.0.0.1:9/lab:1';

beforeEach(async () => {
  console_ = await startConsole(lab.hosts);
  await manager.docker('swarm', 'init', '--advertise-addr', manager.address);
  const token = await manager.docker('swarm', 'join-token', '-q', 'worker');
  await worker.docker('swarm', 'join', '--token', token, `${manager.address}:2377`);
  for (const host of lab.hosts) await host.docker('tag', lab.image, image);
});
afterEach(async () => {
  await console_.end();
  // A node that leaves with its network in use keeps a part of it.
  await manager.docker('service', 'rm', 'everywhere').catch(() => undefined);
  for (const host of lab.hosts) {
    const containers = (await host.docker('ps', '-aq')).split(/\s+/).filter(Boolean);
    if (containers.length > 0) await host.docker('rm', '-f', ...containers).catch(() => undefined);
    await host.docker('swarm', 'leave', '--force').catch(() => undefined);
    await host.docker('rmi', image).catch(() => undefined);
  }
});

/** The script as it was exported, with the docker of that host. */
const runScript = (host: LabHost, text: string) =>
  run(['sh', '-s'], { input: text, env: { ...cleanEnv, DOCKER_HOST: host.endpoint } });

/** Makes the segment with the console, exports it, takes it away again, and runs the scripts. */
async function exported(subnets = office.subnets): Promise<SegmentFile[]> {
  const { segmentId } = await create(both(), { subnets });
  const files = await console_.value('segments.export', { id: segmentId, format: 'swarm' });
  await applied({ kind: 'delete-segment', segmentId });
  for (const { engineId, text } of files) {
    const host = lab.hosts.find((each) => console_.engineId(each) === engineId) ?? manager;
    await runScript(host, text);
  }
  return files;
}

const rangeOf = async (host: LabHost): Promise<string> =>
  String((await inspect(host, 'office-config'))?.IPAM.Config[0]?.IPRange);

const inRange = (range: string, text: string): boolean => {
  const [cidr, ip] = [parseCidr(range), parseIp(text)];
  return cidr !== null && ip !== null && contains(cidr, ip);
};

describe('a segment exported for Swarm', () => {
  it('is one network on all nodes, and each gives addresses of its own range', async () => {
    const files = await exported();
    expect(files.map(({ engineId }) => engineId)).toEqual([
      console_.engineId(manager),
      console_.engineId(worker),
      null,
    ]);
    expect(await inspect(manager, 'office')).toMatchObject({
      Driver: 'macvlan',
      Scope: 'swarm',
      Attachable: true,
      ConfigFrom: { Network: 'office-config' },
    });
    // A worker knows the network only once something there is on it.
    expect(await inspect(worker, 'office')).toBeNull();
    for (const host of lab.hosts) await runContainer(host, `on-${host.name}`, '--network', 'office');
    const found = await Promise.all(lab.hosts.map((host) => address(host, `on-${host.name}`, 'office')));
    const ranges = await Promise.all(lab.hosts.map(rangeOf));
    expect(new Set(ranges).size).toBe(2);
    for (const [index, range] of ranges.entries()) expect(inRange(range, String(found[index]))).toBe(true);
    expect(await ping(manager, `on-${manager.name}`, String(found[1]))).toContain('1 packets received');
    expect(await inspect(worker, 'office')).toMatchObject({ Options: { parent: 'eth1' } });
    expect(await console_.network(manager, 'office')).toMatchObject({ driver: 'macvlan', scope: 'swarm' });
  });

  it('carries a service, whose tasks on different nodes reach each other', async () => {
    await exported();
    const options = ['--detach', '--no-resolve-image', '--mode', 'global', '--endpoint-mode', 'dnsrr'];
    await manager.docker(
      'service',
      'create',
      '--name',
      'everywhere',
      '--network',
      'office',
      ...options,
      image,
    );
    const taskOn = (host: LabHost) =>
      until(
        `a task on ${host.name}`,
        () => host.docker('ps', '-q', '--filter', 'label=com.docker.swarm.service.name=everywhere'),
        60_000,
      );
    const [here, there] = [await taskOn(manager), await taskOn(worker)];
    const target = await address(worker, there, 'office');
    expect(inRange(await rangeOf(worker), target)).toBe(true);
    expect(await ping(manager, here, target)).toContain('1 packets received');
  });

  it('ignores a fixed address, as the manager’s script says', async () => {
    const files = await exported();
    expect(files.at(-1)?.text).toContain('Swarm ignores fixed addresses on this network');
    await runContainer(manager, 'pinned', '--network', 'office', '--ip', '10.70.1.199');
    const given = await address(manager, 'pinned', 'office');
    expect(given).not.toBe('10.70.1.199');
    expect(inRange(await rangeOf(manager), given)).toBe(true);
  });

  it('carries IPv6, too', async () => {
    await exported([...office.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }]);
    const found: string[] = [];
    for (const host of lab.hosts) {
      await runContainer(host, `on-${host.name}`, '--network', 'office');
      const text = await host.docker('exec', `on-${host.name}`, 'ip', '-6', '-o', 'addr', 'show', 'eth0');
      found.push(String(/inet6 (fd00:70:\S*)\/64/.exec(text)?.[1]));
    }
    expect(new Set(found).size).toBe(2);
    for (const each of found) expect(parseIp(each)).not.toBeNull();
  });
});
