import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { installPackages } from '../lab/packages';
import { cleanEnv, run } from '../lab/run';
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

it('compose takes an export, and makes the very same network of it', async () => {
  const subnets = [...office.subnets, { subnet: 'fd00:70::/64', gateway: 'fd00:70::1' }];
  const { segmentId } = await create(both(), { subnets });
  const before = await inspect(first, 'office');
  const [file] = await console_.value('segments.export', { id: segmentId, format: 'compose' });
  await applied({ kind: 'delete', segmentId });

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
});
