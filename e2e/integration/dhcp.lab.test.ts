import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DhcpStatus } from '../../shared/model';
import { startLab, until, type EngineKind, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';
import { LanServer } from './dhcp.helpers';

/** Each is on a LAN that the engine gives addresses of, but for one: that has a pool which nobody else has. */
const engines: readonly { engine: EngineKind; pool: readonly string[]; prefix: string }[] = [
  { engine: 'docker', pool: ['--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'], prefix: '10.70.1.' },
  { engine: 'docker-26.1', pool: ['--internal', '--subnet', '192.0.2.0/24'], prefix: '192.0.2.' },
  { engine: 'docker-28', pool: ['--subnet', '10.70.1.0/24', '--gateway', '10.70.1.1'], prefix: '10.70.1.' },
];
const ranges = [
  ['--ip-range', '10.70.1.64/27'],
  ['--ip-range', '192.0.2.96/27'],
  ['--ip-range', '10.70.1.128/27'],
];

/** Milliseconds: sooner than the client renews by itself, at half of two minutes, and puts its address wherever it is. */
const leaseTurn = 55_000;

let lab: Lab;
let server: LanServer;
let console_: TestConsole;

/** The same on each engine, which all wait at the same time. */
const onEach = (work: (host: LabHost, index: number) => Promise<void>) =>
  Promise.all(lab.hosts.map((host, index) => work(host, index)));

const runWeb = (host: LabHost, name = 'web') => {
  const lasting = ['--restart', 'unless-stopped', '--network', 'lan', lab.image, 'sleep', '3600'];
  return host.docker('run', '-d', '--name', name, ...lasting);
};

const policy = async (host: LabHost, name = 'web'): Promise<DhcpStatus | undefined> => {
  const all = await console_.value('policies.list', {});
  const here = all.filter((each) => each.engineId === console_.engineId(host));
  return here.find((each): each is DhcpStatus => each.kind === 'dhcp' && each.containerName === name);
};
const lease = (host: LabHost, is: (status: DhcpStatus) => boolean, what: string, name = 'web') =>
  until(
    `${name} of ${host.name} ${what}`,
    async () => {
      const found = await policy(host, name);
      return found && is(found) ? found : undefined;
    },
    leaseTurn,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(await policy(host, name))}`);
  });
const bound = (host: LabHost, name = 'web') =>
  lease(
    host,
    ({ state, lease: found }) => state === 'applied' && found?.state === 'bound',
    'to have a lease',
    name,
  );

/** Of each host, as it was leased first. */
const first = new Map<string, DhcpStatus>();
const addressOf = (host: LabHost): string => first.get(host.name)?.lease?.address ?? 'none';

/** IPv4 addresses with their prefixes that the container really has. */
const addresses = async (host: LabHost, name = 'web'): Promise<string[]> => {
  const text = await host.docker('exec', name, 'ip', '-4', '-o', 'addr', 'show', 'scope', 'global');
  return [...text.matchAll(/ inet (\S+)/g)].map(([, address = '']) => address);
};
const hasOnly = (host: LabHost, address: string, name = 'web') =>
  until(
    `${name} of ${host.name} to have ${address} alone`,
    async () => {
      const all = await addresses(host, name).catch(() => []);
      return all.length === 1 && all[0] === address;
    },
    leaseTurn,
  );
const helpersOn = async (host: LabHost): Promise<string[]> =>
  (await host.docker('ps', '-aq', '--no-trunc', '--filter', 'label=io.trunkline.helper.kept'))
    .split('\n')
    .filter(Boolean);

const put = async (host: LabHost, name = 'web') => {
  const { id: containerId } = await console_.container(
    host,
    name,
    ({ state, endpoints }) => state === 'running' && endpoints.length > 0,
  );
  const { id: networkId } = await console_.network(host, 'lan');
  return console_.change({ kind: 'put-dhcp', engineId: console_.engineId(host), containerId, networkId });
};
const remove = async (host: LabHost, name = 'web') => {
  const { networkId, current } = (await policy(host, name))!;
  const about = { engineId: console_.engineId(host), networkId, containerId: current ?? '' };
  return console_.change({ kind: 'remove-dhcp', ...about, networkName: 'lan', containerName: name });
};
/** Has the client renew: by its host, for an engine that sends a signal takes it for the end of the container. */
const renew = async (host: LabHost) => {
  const [helper = ''] = await helpersOn(host);
  const pid = await host.docker('inspect', '-f', '{{.State.Pid}}', helper);
  await host.exec('kill', '-USR1', pid);
};

beforeAll(async () => {
  lab = await startLab({ hosts: engines.map(({ engine }) => ({ engine })) });
  server = await LanServer.open(lab);
  await server.serve('10.70.1.200', '10.70.1.220');
  await onEach(async (host, index) => {
    const pool = [...(engines[index]?.pool ?? []), ...(ranges[index] ?? [])];
    await host.docker('network', 'create', '-d', 'macvlan', '-o', `parent=${host.nic}`, ...pool, 'lan');
    await runWeb(host);
  });
  console_ = await startConsole(lab.hosts);
  for (const host of lab.hosts)
    await console_.value('toolbox.consent', { engineId: console_.engineId(host), granted: true });
});
afterAll(async () => {
  await console_?.end();
  await server?.end();
  await lab?.down();
});

it('a container leases its address from the LAN’s own server, and Docker knows nothing of it', async () => {
  await onEach(async (host, index) => {
    expect(await put(host)).toMatchObject({ ok: true, value: { state: 'applied' } });
    const status = await bound(host);
    const { lease: found, mac } = status;
    expect(found).toMatchObject({ server: '10.70.1.1', router: '10.70.1.1' });
    expect(found?.address).toMatch(/^10\.70\.1\.2[0-2]\d\/24$/);
    const left = (found?.until ?? 0) - Date.now();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(125_000);
    await hasOnly(host, found?.address ?? '');
    expect((await server.leases()).get(mac)?.address).toBe(found?.address?.split('/')[0]);
    const inspected = await host.docker(
      'inspect',
      '-f',
      '{{.NetworkSettings.Networks.lan.IPAddress}}',
      'web',
    );
    expect(inspected).toContain(engines[index]?.prefix);
    await host.docker('exec', 'web', 'ping', '-c', '1', '-W', '2', '10.70.1.1');
    first.set(host.name, status);
  });
  expect(new Set(lab.hosts.map(addressOf)).size).toBe(3);
  // Of several that are called the same, a server keeps the name of one.
  const names = [...(await server.leases()).values()].map(({ name }) => name);
  expect(names.filter((name) => name === 'web')).toHaveLength(1);
});

it('keeps it over a restart of the container', async () => {
  await onEach(async (host) => {
    await host.docker('restart', '-t', '0', 'web');
    await hasOnly(host, addressOf(host));
    await bound(host);
  });
});

it('leases again on a link that another hand has put there', async () => {
  await onEach(async (host) => {
    await host.docker('network', 'disconnect', 'lan', 'web');
    await host.docker('network', 'connect', 'lan', 'web');
    await hasOnly(host, addressOf(host));
    await bound(host);
  });
});

it('keeps it where the container was stopped for a while', async () => {
  await onEach(async (host) => {
    await host.docker('stop', '-t', '0', 'web');
    await lease(host, ({ state }) => state === 'stopped', 'to be told as stopped');
    // Longer than an engine tries to start again what shares the namespace of a container that does not run.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await host.docker('start', 'web');
    await hasOnly(host, addressOf(host));
    await bound(host);
  });
});

it('keeps it over a restart of the engine', async () => {
  await onEach(async (host) => {
    await host.restartDaemon();
    await hasOnly(host, addressOf(host));
    await bound(host);
  });
});

it('is known again by the next console, which starts no other helper', async () => {
  const before = await Promise.all(lab.hosts.map(helpersOn));
  const old = console_;
  console_ = await startConsole(lab.hosts, undefined, async (folder) => {
    // As one that was killed leaves them: the old one knows nothing of the new one.
    for (const file of ['plan.yaml', 'toolbox.json'])
      await copyFile(join(old.folder, file), join(folder, file));
  });
  await old.end();
  await onEach(async (host) => {
    const { lease: found } = await bound(host);
    expect(found?.address).toBe(addressOf(host));
  });
  expect(await Promise.all(lab.hosts.map(helpersOn))).toEqual(before);
});

it('goes with a container that is made anew', async () => {
  await onEach(async (host) => {
    const before = await helpersOn(host);
    await host.docker('rm', '-f', 'web');
    await until(
      `no helper on ${host.name} without its container`,
      async () => (await helpersOn(host)).length === 0,
    );
    await lease(host, ({ state }) => state === 'no-container', 'to be told as gone');
    await runWeb(host);
    await hasOnly(host, addressOf(host));
    await bound(host);
    const after = await helpersOn(host);
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });
});

it('tells that no server answers, and has the address again once one does', async () => {
  await server.stop();
  await onEach(async (host) => {
    await host.docker('restart', '-t', '0', 'web');
    await lease(host, ({ lease: found }) => found?.state === 'no-answer', 'to be told of no answer');
    expect(await addresses(host)).toEqual([]);
  });
  await server.serve('10.70.1.200', '10.70.1.220');
  await onEach(async (host) => {
    await hasOnly(host, addressOf(host));
    await bound(host);
  });
});

it('tells of a server that takes the address back, and has the next one', async () => {
  await server.forgetLeases();
  await server.serve('10.70.1.230', '10.70.1.232');
  await onEach(async (host) => {
    const seen: (string | undefined)[] = [];
    const stop = console_.core.subscribe((name, data) => {
      if (name !== 'policies.changed') return;
      const own = (data as DhcpStatus[]).find(({ engineId }) => engineId === console_.engineId(host));
      seen.push(own?.lease?.state);
    });
    await renew(host);
    const { lease: found } = await lease(
      host,
      ({ lease: now }) => now?.state === 'bound' && now.address !== addressOf(host),
      'to have moved',
    );
    stop();
    expect(seen).toContain('refused');
    expect(found).toMatchObject({ before: addressOf(host) });
    await hasOnly(host, found?.address ?? '');
  });
});

it('tells where the server has none left, until it has', async () => {
  const [host] = lab.hosts as [LabHost];
  await runWeb(host, 'late');
  expect(await put(host, 'late')).toMatchObject({ ok: true });
  await lease(host, ({ lease: found }) => found?.state === 'no-answer', 'to be told of no answer', 'late');
  expect(await addresses(host, 'late')).toEqual([]);
  await server.serve('10.70.1.230', '10.70.1.240');
  const { lease: found } = await bound(host, 'late');
  await hasOnly(host, found?.address ?? '', 'late');
  await host.docker('rm', '-f', 'late');
  await lease(host, ({ state }) => state === 'no-container', 'to be told as gone', 'late');
  expect(await remove(host, 'late')).toMatchObject({ ok: true });
});

/** What the engine itself says that it has, with the prefix, and its MAC. */
const given = async (host: LabHost): Promise<string[]> => {
  const format =
    '{{with .NetworkSettings.Networks.lan}}{{.IPAddress}}/{{.IPPrefixLen}} {{.MacAddress}}{{end}}';
  return (await host.docker('inspect', '-f', format, 'web')).split(' ');
};
const really = async (host: LabHost): Promise<string[]> => [
  ...(await addresses(host)),
  await host.docker('exec', 'web', 'cat', '/sys/class/net/eth0/address'),
];

it('ends where the toolbox is refused, and goes on once it is allowed', async () => {
  await onEach(async (host) => {
    const engineId = console_.engineId(host);
    const refused = await console_.value('toolbox.consent', { engineId, granted: false });
    expect(refused.engines.find((each) => each.engineId === engineId)).not.toHaveProperty('left');
    expect(await helpersOn(host)).toEqual([]);
    expect(await really(host)).toEqual(await given(host));
    await lease(host, ({ state }) => state === 'unlooked', 'to be told as not allowed');
    await console_.value('toolbox.consent', { engineId, granted: true });
    const { lease: found } = await bound(host);
    await hasOnly(host, found?.address ?? '');
  });
});

it('ends with nothing left but what Docker had given, and comes back by undo', async () => {
  await onEach(async (host) => {
    const { mac } = await bound(host);
    const removed = await remove(host);
    expect(removed).toMatchObject({ ok: true, value: { state: 'applied' } });
    await until('the server to have it back', async () => !(await server.leases()).has(mac));
    expect(await helpersOn(host)).toEqual([]);
    expect(await policy(host)).toBeUndefined();
    expect(await really(host)).toEqual(await given(host));
    if (!removed.ok) return;
    const undone = await console_.run('change.undo', { id: removed.value.id });
    expect(undone).toMatchObject({ ok: true });
    const { lease: found } = await bound(host);
    await hasOnly(host, found?.address ?? '');
    expect(await remove(host)).toMatchObject({ ok: true });
    expect(await helpersOn(host)).toEqual([]);
  });
  expect(console_.reported).toEqual([]);
});
