import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChangeRecord, ChangeRequest, Result } from '../../shared/model';
import { freshLab } from '../lab/vitest';
import { pinOnEngine, startConsole, type TestConsole } from '../integration/console';

const lab = freshLab();
const [first] = lab.hosts;
let consoles: TestConsole[] = [];

beforeEach(async () => {
  const make = (name: string, subnet: string, nic: string) =>
    first.docker('network', 'create', '-d', 'macvlan', '-o', `parent=${nic}`, '--subnet', subnet, name);
  await make('lan', '10.70.1.0/24', 'eth1');
  await make('iot', '10.70.2.0/24', 'eth2');
  for (const name of ['web', 'db'])
    await first.docker('run', '-d', '--name', name, '--network', 'iot', lab.image, 'sleep', '3600');
  consoles = await Promise.all([startConsole([first]), startConsole([first])]);
});
afterEach(async () => {
  await Promise.all(consoles.map((each) => each.end()));
});

/** Both have previewed before either applies. */
async function atOnce(requests: ((console: TestConsole) => Promise<ChangeRequest>)[]) {
  const previews = await Promise.all(
    requests.map(async (request, i) =>
      consoles[i]!.value('change.preview', { request: await request(consoles[i]!) }),
    ),
  );
  return Promise.all(previews.map(({ id }, i) => consoles[i]!.run('change.apply', { id })));
}
const attach = (name: string, ipv4: string) => async (console: TestConsole) => {
  const who = await console.container(first, name);
  const { id: networkId } = await console.network(first, 'lan');
  return { kind: 'attach' as const, engineId: who.engineId, containerId: who.id, networkId, ipv4 };
};
const winners = (results: Result<ChangeRecord>[]) => results.filter((each) => each.ok);
const refused = (results: Result<ChangeRecord>[]) => results.flatMap((each) => (each.ok ? [] : [each.error]));

it('two consoles that give one address to two containers: one has it, the other is told and is as before', async () => {
  const results = await atOnce([attach('web', '10.70.1.60'), attach('db', '10.70.1.60')]);
  expect(winners(results)).toHaveLength(1);
  expect(refused(results)[0]?.code).toBe('address_in_use');
  const pins = await Promise.all(['web', 'db'].map((name) => pinOnEngine(first, name, 'lan')));
  expect(pins.filter((each) => each?.address === '10.70.1.60')).toHaveLength(1);
  expect(pins.filter((each) => each === null)).toHaveLength(1);
});

it('two that attach one container with different addresses: one does, nothing is half-done', async () => {
  const results = await atOnce([attach('web', '10.70.1.60'), attach('web', '10.70.1.61')]);
  expect(winners(results)).toHaveLength(1);
  expect(['already_connected', 'change_stale']).toContain(refused(results)[0]?.code);
  const won = winners(results)[0];
  expect(await pinOnEngine(first, 'web', 'lan')).toEqual({
    pin: won?.ok && won.value.hosts[0]?.ipv4,
    address: won?.ok && won.value.hosts[0]?.ipv4,
  });
});
