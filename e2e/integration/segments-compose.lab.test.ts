import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { installPackages } from '../lab/packages';
import { cleanEnv, run } from '../lab/run';
import { until } from '../lab';
import { freshLab } from '../lab/vitest';
import { startConsole, type TestConsole } from './console';
import { inspect, office, segmentsOf } from './segments.helpers';

const lab = freshLab();
const [first] = lab.hosts;
let console_: TestConsole;
let dir: string;
const { applied, both, create } = segmentsOf(lab, () => console_);

const compose = (...args: string[]) =>
  run(['docker-compose', '--project-name', 'segments', '--project-directory', dir, ...args], {
    env: { ...cleanEnv, DOCKER_HOST: first.endpoint, DOCKER_CONFIG: dir },
  });

beforeAll(async () => {
  const there = await run(['docker-compose', 'version']).catch(() => null);
  if (there === null) await installPackages(['docker-compose']);
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-compose-'));
  console_ = await startConsole(lab.hosts);
});
afterEach(async () => {
  await console_.end();
  await rm(dir, { recursive: true, force: true });
});

/** What a segment can say of a network, all of it. */
const rich = {
  subnets: [
    ...office.subnets,
    { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' },
    { subnet: '10.72.0.0/24', gateway: '10.72.0.1' },
  ],
  internal: true,
  reserved: [{ from: '10.72.0.140', to: '10.72.0.140', kind: 'reserved' as const, note: 'camera' }],
};
const richHosts = () => {
  const [one, two] = both().map((host) => ({ ...host, exclusions: { nas: '10.70.1.5' } }));
  return [{ ...one!, moreRanges: ['10.72.0.128/26'] }, two!];
};

it('compose takes an export, and makes the very same network of it', async () => {
  const { segmentId } = await create(richHosts(), rich);
  const before = await inspect(first, 'office');
  const [file] = await console_.value('segments.export', { id: segmentId, format: 'compose' });
  await applied({ kind: 'delete-segment', segmentId });

  const [networks, services] = [join(dir, 'networks.yaml'), join(dir, 'services.yaml')];
  await writeFile(networks, String(file?.text));
  // Compose makes a network only when a service is on it.
  const service = { image: lab.image, networks: ['office'] };
  await writeFile(services, JSON.stringify({ version: '2.4', services: { probe: service } }));
  await compose('-f', services, '-f', networks, 'up', '--no-start');
  const after = await inspect(first, 'office');
  expect(after?.IPAM.Config).toEqual(before?.IPAM.Config);
  expect(after?.Options).toEqual(before?.Options);
  expect(after?.Labels).toMatchObject({ 'io.trunkline.segment': segmentId });
  expect([before?.Internal, after?.Internal]).toEqual([true, true]);
  expect(JSON.stringify(after?.IPAM.Config)).toContain('"nas":"10.70.1.5"');
  expect(JSON.stringify(before?.IPAM.Config)).toContain('"camera":"10.72.0.140"');
});

it('docker takes an export, and what it makes is read back, and adopted, without any difference', async () => {
  const { segmentId } = await create(richHosts(), rich);
  const before = await inspect(first, 'office');
  const files = await console_.value('segments.export', { id: segmentId, format: 'docker' });
  const { segments, problems, notices } = await console_.value('segments.import', {
    text: files.map((file) => file.text).join('\n'),
    format: 'docker',
  });
  expect({ problems, notices }).toEqual({ problems: [], notices: [] });
  expect(segments).toMatchObject([{ segment: { subnets: rich.subnets, internal: true }, hosts: [{}, {}] }]);
  expect(segments[0]?.hosts[0]?.exclusions).toMatchObject({ nas: '10.70.1.5' });
  await applied({ kind: 'delete-segment', segmentId });

  const script = String(files.find((file) => file.engineId === console_.engineId(first))?.text);
  await run(['sh', '-c', script], { env: { ...cleanEnv, DOCKER_HOST: first.endpoint, DOCKER_CONFIG: dir } });
  const after = await inspect(first, 'office');
  // The docker command hands several subnets over in any order.
  const bySubnet = (network: typeof before) =>
    [...(network?.IPAM.Config ?? [])].sort((a, b) => (a.Subnet < b.Subnet ? -1 : 1));
  expect([bySubnet(after), after?.Options, after?.Internal]).toEqual([
    bySubnet(before),
    before?.Options,
    true,
  ]);
  const candidate = await until('the network to be seen', async () => {
    const { candidates } = await console_.value('segments.list', {});
    return candidates.find((each) => each.members.some((member) => member.networkName === 'office'));
  });
  await applied({ kind: 'adopt-segment', segment: candidate });
  const { segments: listed } = await console_.value('segments.list', {});
  expect(listed.flatMap((each) => each.members.map((member) => [member.state, member.drift]))).toEqual([
    ['present', []],
  ]);
});

it('services of compose join the network that is there by an external export', async () => {
  const { segmentId } = await create(both());
  const before = await inspect(first, 'office');
  const [file] = await console_.value('segments.export', { id: segmentId, format: 'external' });
  const [networks, services] = [join(dir, 'networks.yaml'), join(dir, 'services.yaml')];
  await writeFile(networks, String(file?.text));
  const service = { image: lab.image, networks: ['office'] };
  await writeFile(services, JSON.stringify({ version: '3.5', services: { probe: service } }));
  await compose('-f', services, '-f', networks, 'up', '--no-start');
  expect(await inspect(first, 'office')).toMatchObject({ Id: before?.Id });
  const ids = await first.docker('ps', '-aq', '--filter', 'network=office');
  expect(ids).not.toBe('');
});
