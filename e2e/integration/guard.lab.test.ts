import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { GuardStatus } from '../../shared/model';
import { startLab, until, type EngineKind, type Lab, type LabHost } from '../lab';
import { installPackages } from '../lab/packages';
import { run } from '../lab/run';
import { pinOnEngine, startConsole, type TestConsole } from './console';
import { byHand, ways, type Way } from './guard.helpers';

/** How often each way is gone on each engine. */
const times = Number(process.env['GUARD_TIMES'] ?? 1);

const engines: EngineKind[] = ['docker', 'docker-26.1', 'docker-28'];
let lab: Lab;
let console_: TestConsole;
beforeAll(async () => {
  const there = await run(['docker-compose', 'version']).catch(() => null);
  if (there === null) await installPackages(['docker-compose']);
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
const stands = (host: LabHost, state: GuardStatus['state']) =>
  until(`the guard of ${host.name} to be ${state}`, async () =>
    (await guards(host)).find((one) => one.state === state),
  );
const web = (host: LabHost) => pinOnEngine(host, 'web', 'lan').catch(() => null);

/** The changes of a host, once none is on its way: its guard sees the engine's own answer before that has been put down as done. */
const settled = (host: LabHost) =>
  until(`no change to be on its way on ${host.name}`, async () => {
    const all = await console_.value('change.list', { limit: 100 });
    const own = all.filter(({ hosts }) => hosts.some((each) => each.engineId === console_.engineId(host)));
    return own.every(({ state }) => state !== 'applying') ? own : undefined;
  });

/** Guards `web`, whose automatic address is fixed by that. @returns that address */
async function guarded(host: LabHost): Promise<string> {
  const { id, endpoints } = await console_.container(host, 'web', (each) =>
    each.endpoints.some((one) => one.networkName === 'lan' && one.ipv4 !== ''),
  );
  const address = endpoints.find((one) => one.networkName === 'lan')?.ipv4 ?? '';
  await console_.value('guard.set', { engineId: console_.engineId(host), containerId: id });
  await stands(host, 'kept');
  await settled(host);
  expect(await web(host)).toEqual({ pin: address, address });
  return address;
}

const lanIs = (host: LabHost, address: string) =>
  until(`web of ${host.name} to have ${address}`, async () => {
    const found = await web(host);
    return found?.pin === address && found.address === address;
  });

/** The same on each engine, which all wait at the same time. */
const onEach = (work: (host: LabHost, engine: EngineKind, index: number) => Promise<void>) =>
  Promise.all(lab.hosts.map((host, index) => work(host, engines[index] ?? 'docker', index)));

/** Another one takes the first address of the range and goes: the engine would give that the next time, and not the kept one. */
async function second(host: LabHost, way: Way): Promise<void> {
  await host.docker('run', '-d', '--name', 'other', '--network', 'lan', lab.image, 'sleep', '3600');
  await way.first(host, lab.image);
  await host.docker('rm', '-f', 'other');
}

it.each(ways)('$name: the address is there again each time', async (way) => {
  await onEach(async (host, engine) => {
    if (way.only && way.only !== engine) return;
    await second(host, way);
    const address = await guarded(host);
    const late: string[] = [];
    for (let count = 0; count < times; count += 1) {
      await way.again(host, lab.image);
      const begun = performance.now();
      await lanIs(host, address);
      await stands(host, 'kept');
      if (way.inTime) {
        const said = await until('what it said at its start', () => host.docker('logs', 'web'));
        expect(said.split('\n')[0]).toContain(`inet ${address}/`);
      }
      // Its change may still be read back: gone in the midst of that, it would count as rolled back.
      await settled(host);
      late.push(`${String(Math.round(performance.now() - begun))} ms after`);
    }
    console.log(`${engine}, ${way.name}: ${late.join(', ')}`);
    const log = await settled(host);
    expect(log.filter(({ state }) => state !== 'applied')).toEqual([]);
    // What the admin said of guards is noted by their name; all else the guard did.
    const done = log.filter(({ request }) => request.kind !== 'guard');
    expect(new Set(done.map(({ by }) => by))).toEqual(new Set(['guard']));
  });
});

it('leaves a container its network where somebody else has taken the address, and gives it back when that one goes', async () => {
  await onEach(async (host) => {
    await second(host, byHand);
    const address = await guarded(host);
    await host.docker('rm', '-f', 'web');
    await stands(host, 'away');
    const { id: networkId } = await console_.network(host, 'lan');
    const engineId = console_.engineId(host);
    // Trunkline itself keeps it meanwhile.
    await host.docker('run', '-d', '--name', 'thief', lab.image, 'sleep', '3600');
    const { id: thief } = await console_.container(host, 'thief');
    const wants = { kind: 'attach', engineId, containerId: thief, networkId, ipv4: address } as const;
    expect((await console_.problems(wants)).map(({ code }) => code)).toEqual(['address_reserved']);
    await host.docker('network', 'connect', '--ip', address, 'lan', 'thief');
    await byHand.first(host, lab.image);
    const failed = await stands(host, 'failed');
    expect(failed?.problem?.code).toBe('address_in_use');
    expect(await web(host)).toMatchObject({ address: expect.stringMatching(/^10\.70\.1\./) as unknown });
    await host.docker('rm', '-f', 'thief');
    await lanIs(host, address);
    await stands(host, 'kept');
  });
});

it('asks where the new one has an address of its own, or another hand has changed the very container', async () => {
  await onEach(async (host, _engine, index) => {
    await second(host, byHand);
    const address = await guarded(host);
    const other = `10.70.1.${String(200 + 2 * index)}`;
    await host.docker('rm', '-f', 'web');
    await host.docker(
      'run',
      '-d',
      '--name',
      'web',
      '--network',
      'lan',
      '--ip',
      other,
      lab.image,
      'sleep',
      '3600',
    );
    const asks = await stands(host, 'asked');
    expect(asks?.differences).toEqual([{ networkName: 'lan', what: 'other', kept: address, actual: other }]);
    const decide = (decision: 'restore' | 'adopt') =>
      console_.value('guard.decide', {
        engineId: console_.engineId(host),
        identity: { by: 'name', name: 'web' },
        decision,
      });
    await decide('adopt');
    expect((await stands(host, 'kept'))?.attachments[0]?.ipv4).toBe(other);
    await host.docker('network', 'disconnect', 'lan', 'web');
    expect((await stands(host, 'asked'))?.differences[0]?.what).toBe('missing');
    await decide('restore');
    await lanIs(host, other);
    // What the admin gives it by a change of this console is kept from then on.
    const engineId = console_.engineId(host);
    const { id: containerId } = await console_.container(host, 'web');
    const { id: networkId } = await console_.network(host, 'lan');
    const chosen = `10.70.1.${String(201 + 2 * index)}`;
    await console_.change({ kind: 'readdress', engineId, containerId, networkId, ipv4: chosen });
    await until('the guard to keep the chosen address', async () =>
      (await guards(host)).some(
        ({ state, attachments }) => state === 'kept' && attachments[0]?.ipv4 === chosen,
      ),
    );
    await byHand.again(host, lab.image);
    await lanIs(host, chosen);
  });
});

it('gives back what was lost while no console was there', async () => {
  const kept = new Map<LabHost, string>();
  await onEach(async (host) => {
    await second(host, byHand);
    kept.set(host, await guarded(host));
  });
  const plan = await readFile(join(console_.folder, 'plan.yaml'), 'utf8');
  await console_.end();
  await onEach(async (host) => {
    await byHand.again(host, lab.image);
    expect((await web(host))?.address).not.toBe(kept.get(host));
  });
  console_ = await startConsole(lab.hosts, undefined, (folder) => writeFile(join(folder, 'plan.yaml'), plan));
  await onEach(async (host) => {
    await lanIs(host, kept.get(host) ?? '');
    await stands(host, 'kept');
  });
});

it('an address that has come to another MAC is told to the LAN, where the toolbox may', async () => {
  const [old, next] = lab.hosts;
  if (!old || !next) throw new Error('two hosts are needed');
  const address = '10.70.1.77';
  await old.docker('run', '-d', '--name', 'neighbour', '--network', 'lan', lab.image, 'sleep', '3600');
  // The command line asks newer engines for a MAC of a network's own.
  await old.api('POST', '/containers/create?name=web', {
    ...{ Image: lab.image, Cmd: ['sleep', '3600'], MacAddress: '02:00:00:00:00:77' },
    HostConfig: { NetworkMode: 'lan' },
    NetworkingConfig: { EndpointsConfig: { lan: { IPAMConfig: { IPv4Address: address } } } },
  });
  await old.docker('start', 'web');
  await console_.container(old, 'web', (each) => each.endpoints[0]?.mac === '02:00:00:00:00:77');
  await console_.value('toolbox.consent', { engineId: console_.engineId(next), granted: true });
  const cache = () => old.docker('exec', 'neighbour', 'ip', 'neigh', 'show', 'to', address);
  await old.docker('exec', 'neighbour', 'ping', '-c', '1', address);
  expect(await cache()).toContain('02:00:00:00:00:77');
  await old.docker('rm', '-f', 'web');
  await next.docker(
    ...['run', '-d', '--name', 'web', '--network', 'lan', '--ip', address, lab.image, 'sleep', '3600'],
  );
  // Nobody sends anything to it meanwhile: what the neighbour learns it was told.
  // It would ask anew by itself after some twenty seconds.
  await until(
    'the neighbour to know the new MAC',
    async () => (await cache()).includes('02:42:0a:46:01:4d'),
    18_000,
  );
});
