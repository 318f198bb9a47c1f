import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startLab, until, type EngineKind, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';
import { manyNames, recreateMany, replaceMany, startMany } from './guard.helpers';

const engines: EngineKind[] = ['docker', 'docker-26.1', 'docker-28'];
let lab: Lab;
let console_: TestConsole;
beforeAll(async () => {
  lab = await startLab({ hosts: engines.map((engine) => ({ engine })) });
});
afterAll(async () => {
  await lab?.down();
});
beforeEach(async () => {
  await Promise.all(lab.hosts.map((host) => host.clean()));
  for (const [index, host] of lab.hosts.entries())
    await host.docker(
      ...['network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, '--subnet', '10.70.1.0/24'],
      ...['--gateway', '10.70.1.1', '--ip-range', `10.70.1.${String(64 + 32 * index)}/27`, 'lan'],
    );
  console_ = await startConsole(lab.hosts);
});
afterEach(async () => {
  await console_.end();
});

const guards = (host: LabHost) =>
  console_
    .value('guard.list', {})
    .then((all) => all.filter((one) => one.engineId === console_.engineId(host)));
const allKept = (host: LabHost) =>
  until(
    `all guards of ${host.name} to be kept`,
    async () => {
      const all = await guards(host);
      return all.length === manyNames.length && all.every(({ state }) => state === 'kept');
    },
    60_000,
  );

interface Inspected {
  Name: string;
  NetworkSettings: {
    Networks: Record<string, { IPAddress: string; IPAMConfig: { IPv4Address?: string } | null }>;
  };
}

/** By its engine: what each has, and what of it is fixed. */
async function addressesOf(host: LabHost): Promise<Record<string, { address: string; pin: string }>> {
  const all = JSON.parse(await host.docker('inspect', ...manyNames)) as Inspected[];
  return Object.fromEntries(
    all.map(({ Name, NetworkSettings: { Networks } }) => [
      Name.slice(1),
      { address: Networks['lan']?.IPAddress ?? '', pin: Networks['lan']?.IPAMConfig?.IPv4Address ?? '' },
    ]),
  );
}

const changesOf = async (host: LabHost) =>
  (await console_.value('change.list', { limit: 500 })).filter(
    ({ hosts, request }) =>
      request.kind.startsWith('restore') && hosts.some((each) => each.engineId === console_.engineId(host)),
  );

/** All that are on the network, by one command. */
async function guardAll(host: LabHost): Promise<void> {
  for (const name of manyNames)
    await console_.container(host, name, (each) =>
      each.endpoints.some((one) => one.networkName === 'lan' && one.ipv4 !== ''),
    );
  const { id: networkId } = await console_.network(host, 'lan');
  const networks = [{ engineId: console_.engineId(host), networkId }];
  expect((await console_.value('guard.setAll', { networks })).refused).toEqual([]);
  await allKept(host);
}

it.each([
  ['recreated as compose does', recreateMany],
  ['removed and run in another order', replaceMany],
])(
  'twenty containers that are %s at once have their addresses back',
  async (_how, again) => {
    for (const [index, host] of lab.hosts.entries()) {
      await startMany(host, lab.image, manyNames);
      await guardAll(host);
      const kept = await addressesOf(host);
      expect(new Set(Object.values(kept).map(({ address }) => address)).size).toBe(manyNames.length);
      const fixed = await changesOf(host);
      const begun = performance.now();
      await again(host, lab.image);
      const done = performance.now();
      await until(
        `all of ${host.name} to have what they had`,
        async () => JSON.stringify(await addressesOf(host)) === JSON.stringify(kept),
        60_000,
      );
      const right = performance.now();
      await allKept(host);
      const log = (await changesOf(host)).filter(({ id }) => !fixed.some((one) => one.id === id));
      console.log(
        `${engines[index] ?? ''}, ${_how}: made anew in ${String(Math.round(done - begun))} ms, ` +
          `all right ${String(Math.round(right - done))} ms later, by ${String(log.length)} changes`,
      );
      expect(log.filter(({ state }) => state !== 'applied')).toEqual([]);
      // One for each would be twenty.
      expect(log.length).toBeLessThanOrEqual(manyNames.length / 2);
      await host.docker('rm', '-f', ...manyNames);
    }
  },
  300_000,
);
