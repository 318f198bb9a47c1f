import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
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
    300_000,
  );

interface Place {
  IPAddress: string;
  IPAMConfig: { IPv4Address?: string } | null;
}
type Places = Record<string, { address: string; pin: string }>;
const placeIn = ({ Networks: { lan } }: { Networks: Record<string, Place> }): Places[string] => ({
  address: lan?.IPAddress ?? '',
  pin: lan?.IPAMConfig?.IPv4Address ?? '',
});

/** By its engine: what each has, and what of it is fixed. */
async function addressesOf(host: LabHost): Promise<Places> {
  const all = JSON.parse(await host.docker('inspect', ...manyNames)) as {
    Name: string;
    NetworkSettings: { Networks: Record<string, Place> };
  }[];
  return Object.fromEntries(
    all.map(({ Name, NetworkSettings }) => [Name.slice(1), placeIn(NetworkSettings)]),
  );
}

interface Listed {
  Id: string;
  Names: string[];
  NetworkSettings: { Networks: Record<string, Place> };
}

/** All that there are, in one answer: waiting for twenty by twenty questions slows down what is waited for. */
const listedOn = async (host: LabHost) =>
  (await host.api('GET', '/containers/json?all=true')).body as Listed[];

const haveAll = async (host: LabHost, kept: Places) => {
  const named = (await listedOn(host)).map(
    ({ Names, NetworkSettings }) => [Names[0]?.slice(1), placeIn(NetworkSettings)] as const,
  );
  return (
    isDeepStrictEqual(Object.fromEntries(named), kept) && isDeepStrictEqual(await addressesOf(host), kept)
  );
};

const pinsOf = async (host: LabHost, ids: ReadonlyMap<string, string>) => {
  const all = await listedOn(host);
  return [...ids].map(([name, id]) => {
    const one = all.find(({ Id }) => Id === id);
    return [name, one && placeIn(one.NetworkSettings).pin] as const;
  });
};

const restoresOf = async (host: LabHost) =>
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

/** How many changes it took until all have what they had. */
async function givenBack(host: LabHost, kept: Awaited<ReturnType<typeof addressesOf>>, how: string) {
  const begun = performance.now();
  await until(`all of ${host.name} to have what they had`, () => haveAll(host, kept), 240_000);
  const took = Math.round(performance.now() - begun);
  await allKept(host);
  const log = await restoresOf(host);
  const kind = engines[lab.hosts.indexOf(host)] ?? '';
  const states = log.map(({ state }) => state).join(', ');
  console.log(
    `${kind}, ${how}: right after ${String(took)} ms, by ${String(log.length)} changes (${states})`,
  );
  return log;
}

it('twenty that compose makes anew at once have their addresses back, by few changes', async () => {
  for (const host of lab.hosts) {
    await startMany(host, lab.image, manyNames);
    await guardAll(host);
    const kept = await addressesOf(host);
    expect(new Set(Object.values(kept).map(({ address }) => address)).size).toBe(manyNames.length);
    const fixed = (await restoresOf(host)).length;
    const begun = performance.now();
    await recreateMany(host, lab.image, (ids) =>
      until('the new ones to have the addresses fixed before they start', async () =>
        (await pinsOf(host, ids)).every(([name, pin]) => pin === kept[name]?.address),
      ).then(() => console.log(`all fixed after ${String(Math.round(performance.now() - begun))} ms`)),
    );
    const log = await givenBack(host, kept, 'by compose');
    // One for each would be twenty.
    expect(log.length - fixed).toBeLessThanOrEqual(manyNames.length / 2);
    await host.docker('rm', '-f', ...manyNames);
  }
}, 1_200_000);

it('twenty that have each other’s addresses when the console starts are put right by few changes', async () => {
  const [host] = lab.hosts;
  if (!host) throw new Error('a host is needed');
  await startMany(host, lab.image, manyNames);
  await guardAll(host);
  const kept = await addressesOf(host);
  const plan = await readFile(join(console_.folder, 'plan.yaml'), 'utf8');
  await console_.end();
  await replaceMany(host, lab.image);
  const now = Object.values(await addressesOf(host)).map(({ address }) => address);
  expect(now.sort()).toEqual(
    Object.values(kept)
      .map(({ address }) => address)
      .sort(),
  );
  console_ = await startConsole(lab.hosts, undefined, (folder) => writeFile(join(folder, 'plan.yaml'), plan));
  const log = await givenBack(host, kept, 'in another order');
  expect(log.map(({ state, request: { kind } }) => [state, kind])).toContainEqual([
    'applied',
    'restore-several',
  ]);
  expect(log.length).toBeLessThanOrEqual(manyNames.length / 2);
}, 900_000);
