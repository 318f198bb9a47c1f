import { createServer, connect, type Server, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, NetworkSpec } from '../../shared/model';
import { startLab, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';

/** What Podman can't do is said before anything is sent: a socket in between writes down each call that changes something. */
let lab: Lab;
let host: LabHost;
/** The same host, by way of that socket. */
let watched: LabHost;
let wire: Server;
const sockets = new Set<Socket>();
const changing: string[] = [];
let console_: TestConsole;

function listen(path: string): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(host.socket);
    for (const each of [near, far]) {
      sockets.add(each);
      each.on('error', () => near.destroy()).on('close', () => sockets.delete(each));
    }
    near.on('data', (chunk: Buffer) => {
      for (const [, call = ''] of chunk.toString('latin1').matchAll(/^((?:POST|PUT|DELETE) \S+) HTTP/gm))
        changing.push(call);
    });
    near.pipe(far);
    far.pipe(near);
  });
  return new Promise((done) => server.listen(path, () => done(server)));
}

beforeAll(async () => {
  lab = await startLab({ hosts: [{ engine: 'podman' }, { engine: 'podman-5' }] });
  host = lab.hosts[0]!;
  const socket = join(lab.dir, 'watched.sock');
  wire = await listen(socket);
  watched = { ...host, socket, endpoint: `unix://${socket}` };
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  wire.close();
  rmSync(watched.socket, { force: true });
  await lab.down();
});
beforeEach(async () => {
  await host.docker('network', 'create', '-d', 'macvlan', '-o', 'parent=eth1', ...subnet('10.70.1'), 'lan');
  await host.docker('network', 'create', '-d', 'macvlan', '-o', 'parent=eth1', ...subnet('10.70.2'), 'iot');
  console_ = await startConsole([watched]);
});
afterEach(async () => {
  await console_.end();
  for (const each of lab.hosts) await each.clean();
});

const subnet = (start: string) => ['--subnet', `${start}.0/24`, '--gateway', `${start}.1`];
const run = (name: string, network: string, ...more: string[]) =>
  host.docker('run', '-d', '--name', name, '--network', network, ...more, lab.image, 'sleep', '3600');
const spec: NetworkSpec = {
  name: 'new',
  driver: 'macvlan',
  parent: 'eth2',
  mode: 'bridge',
  subnet: '10.95.0.0/24',
  gateway: '10.95.0.1',
  exclusions: [],
  internal: false,
};
const create = (over: Partial<NetworkSpec>): ChangeRequest => ({
  kind: 'create-network',
  engineId: console_.engineId(watched),
  spec: { ...spec, ...over },
});

/** All containers and networks as Podman shows them. */
async function everything(): Promise<unknown> {
  const ids = async (...args: string[]) => (await host.docker(...args)).split(/\s+/).filter(Boolean).sort();
  const inspect = async (type: string, all: string[]) =>
    all.length > 0 ? (JSON.parse(await host.docker('inspect', '--type', type, ...all)) as unknown) : [];
  return {
    containers: await inspect('container', await ids('ps', '-aq', '--no-trunc')),
    networks: await inspect('network', await ids('network', 'ls', '-q', '--no-trunc')),
  };
}

/** Refused in the preview, and again when it is applied all the same; Podman hears nothing of it. */
async function expectRefused(request: ChangeRequest, problem: object): Promise<void> {
  const before = await everything();
  changing.length = 0;
  const preview = await console_.value('change.preview', { request });
  expect(preview.problems).toMatchObject([problem]);
  expect(preview.hosts[0]?.steps).toEqual([]);
  expect(await console_.run('change.apply', { id: preview.id })).toMatchObject({ ok: false, error: problem });
  expect(changing).toEqual([]);
  expect(await everything()).toEqual(before);
}

describe('on Podman, the preview refuses', () => {
  it.each<[string, Partial<NetworkSpec>, object]>([
    ['exclusions', { exclusions: ['10.95.0.5'] }, { field: 'spec.exclusions', code: 'engine_unsupported' }],
    ['ipvlan', { driver: 'ipvlan', mode: 'l2' }, { field: 'spec.driver', code: 'engine_unsupported' }],
    ['a name of its own', { name: 'podman' }, { field: 'spec.name', code: 'network_predefined' }],
    ['the name of a mode', { name: 'slirp4netns' }, { field: 'spec.name', code: 'network_predefined' }],
  ])('%s', async (_what, over, problem) => {
    await expectRefused(create(over), { ...problem, engineId: console_.engineId(watched) });
  });

  it('a VLAN whose interface is not on the host, where a look is allowed', async () => {
    const engineId = console_.engineId(watched);
    const request = create({ parent: 'eth2.10' });
    const unseen = await console_.value('change.preview', { request });
    expect(unseen.problems).toEqual([]);
    expect(unseen.hosts[0]?.notices).toContainEqual(expect.objectContaining({ code: 'vlan_link_needed' }));

    await console_.value('toolbox.consent', { engineId, granted: true });
    // A preview waits a few seconds for a look, and the first one brings the image there.
    await console_.value('host.facts', { engineId, refresh: true });
    changing.length = 0;
    const seen = await console_.value('change.preview', { request });
    expect(seen.problems).toMatchObject([
      { code: 'parent_missing', field: 'spec.parent', params: { context: 'vlan', host: 'h1' } },
    ]);
    expect(await console_.run('change.apply', { id: seen.id })).toMatchObject({ ok: false });
    expect(changing.filter((call) => call.includes('/networks'))).toEqual([]);

    await host.exec('ip', 'link', 'add', 'eth2.10', 'type', 'veth', 'peer', 'name', 'far0');
    try {
      await console_.value('host.facts', { engineId, refresh: true });
      // This kernel need not know VLANs; a link of that name that is none is no surprise to be made the best of.
      expect((await console_.value('change.preview', { request })).problems).toMatchObject([
        { code: 'link_mismatch', params: { context: 'not_vlan' } },
      ]);
    } finally {
      await host.exec('ip', 'link', 'del', 'eth2.10');
    }
  });

  it('a container that was made without a network', async () => {
    await run('alone', 'none');
    await run('foreign', 'ns:/proc/1/ns/net');
    const { id: networkId, engineId } = await console_.network(watched, 'lan');
    for (const name of ['alone', 'foreign']) {
      const { id: containerId } = await console_.container(watched, name);
      await expectRefused(
        { kind: 'attach', engineId, containerId, networkId },
        { code: 'engine_unsupported', params: { context: 'none', container: name, host: 'h1' } },
      );
    }
  });

  it('any change of a container that is paused', async () => {
    await run('web', 'lan');
    await host.docker('pause', 'web');
    const { id: containerId, engineId } = await console_.container(
      watched,
      'web',
      ({ state }) => state === 'paused',
    );
    const lan = (await console_.network(watched, 'lan')).id;
    const iot = (await console_.network(watched, 'iot')).id;
    const ids = { engineId, containerId };
    const requests: ChangeRequest[] = [
      { kind: 'attach', ...ids, networkId: iot },
      { kind: 'detach', ...ids, networkId: lan },
      { kind: 'move', ...ids, fromNetworkId: lan, toNetworkId: iot },
      { kind: 'readdress', ...ids, networkId: lan, ipv4: '10.70.1.77' },
    ];
    const problem = { code: 'engine_unsupported', params: { context: 'paused', container: 'web' } };
    for (const request of requests) await expectRefused(request, problem);
    await host.docker('unpause', 'web');
    await console_.container(watched, 'web', ({ state }) => state === 'running');
    expect(await console_.change(requests[0]!)).toMatchObject({ ok: true });
  });

  it('an undo that finds its container paused', async () => {
    await run('web', 'lan');
    const { id: containerId, engineId } = await console_.container(watched, 'web');
    const { id: networkId } = await console_.network(watched, 'iot');
    const applied = await console_.change({ kind: 'attach', engineId, containerId, networkId });
    if (!applied.ok) throw new Error(applied.error.message);
    await host.docker('pause', 'web');
    changing.length = 0;
    expect(await console_.run('change.undo', { id: applied.value.id })).toMatchObject({
      ok: false,
      error: { code: 'engine_unsupported', params: { context: 'paused', container: 'web', host: 'h1' } },
    });
    expect(changing).toEqual([]);
    expect((await console_.container(watched, 'web')).endpoints).toHaveLength(2);
    await host.docker('unpause', 'web');
  });
});

it('what it can do is done, verified and undone', async () => {
  await run('web', 'lan', '--ip', '10.70.1.50');
  const { id: containerId, engineId } = await console_.container(watched, 'web');
  const [lan, iot] = await Promise.all([console_.network(watched, 'lan'), console_.network(watched, 'iot')]);
  const now = async () =>
    (await console_.container(watched, 'web')).endpoints.map(({ networkName, ipv4 }) => [networkName, ipv4]);
  const apply = async (request: ChangeRequest) => {
    const done = await console_.change(request);
    if (!done.ok) throw new Error(`${request.kind}: ${done.error.message} ${done.error.engineText ?? ''}`);
    return done.value;
  };
  const ids = { engineId, containerId };
  const attached = await apply({ kind: 'attach', ...ids, networkId: iot.id, ipv4: '10.70.2.60' });
  expect(await now()).toEqual([
    ['iot', '10.70.2.60'],
    ['lan', '10.70.1.50'],
  ]);
  await console_.value('change.undo', { id: attached.id });
  expect(await now()).toEqual([['lan', '10.70.1.50']]);
  await apply({ kind: 'readdress', ...ids, networkId: lan.id, ipv4: '10.70.1.61' });
  expect(await now()).toEqual([['lan', '10.70.1.61']]);
  await apply({ kind: 'move', ...ids, fromNetworkId: lan.id, toNetworkId: iot.id, ipv4: '10.70.2.62' });
  expect(await now()).toEqual([['iot', '10.70.2.62']]);
  await apply({ kind: 'detach', ...ids, networkId: iot.id });
  expect(await now()).toEqual([]);
  const made = await apply(create({}));
  await console_.network(watched, 'new');
  await apply({ kind: 'remove-network', engineId, networkId: made.hosts[0]?.networkId ?? '' });
});

it('names the host in what Podman itself refuses', async () => {
  const refused = await console_.change(create({ parent: 'nope0' }));
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'parent_missing', params: { context: 'no_links', parent: 'nope0', host: 'h1' } },
  });
  if (!refused.ok) expect(refused.error.message).toContain('h1 has no network interface nope0');
});

it('why: Podman takes a change of a paused container, and then lists none at all', async () => {
  await run('web', 'lan');
  await host.docker('pause', 'web');
  const on = (how: 'connect' | 'disconnect') =>
    host.api('POST', `/networks/iot/${how}`, { Container: 'web', EndpointConfig: {} });
  try {
    expect((await on('connect')).status).toBe(200);
    expect((await host.api('GET', '/containers/json?all=true')).status).toBe(500);
  } finally {
    await on('disconnect');
    await host.docker('unpause', 'web');
  }
  expect((await host.api('GET', '/containers/json?all=true')).status).toBe(200);
});

describe.each([
  ['4.3', 0],
  ['5.8', 1],
] as const)('the default route on a real Podman %s', (_version, index) => {
  const gateways = { '10.90.1.1': 'br', '10.90.2.1': 'zz', '10.90.3.1': 'aa' };

  it('goes by chance among equal networks, as the preview says, and to the last one for now', async () => {
    const on = lab.hosts[index] as LabHost;
    const make = (name: string, start: string, ...more: string[]) =>
      on.docker('network', 'create', ...more, ...subnet(start), name);
    await make('br', '10.90.1', '-d', 'bridge');
    await make('zz', '10.90.2', '-d', 'macvlan', '-o', 'parent=eth1');
    await make('aa', '10.90.3', '-d', 'macvlan', '-o', 'parent=eth1');
    await on.docker('run', '-d', '--name', 'web', '--network', 'br', lab.image, 'sleep', '3600');
    const routes = async () => {
      const text = await on.docker('exec', 'web', 'ip', '-4', 'route', 'show');
      const found = [...text.matchAll(/default via (\S+).*metric 100/g)].map(([, gateway = '']) => gateway);
      return found.map((gateway) => gateways[gateway as keyof typeof gateways]);
    };
    const own = await startConsole([on]);
    try {
      const { id: containerId, engineId } = await own.container(on, 'web');
      const about = { kind: 'attach', engineId, containerId } as const;
      for (const [network, networks] of [
        ['zz', 'br, zz'],
        ['aa', 'aa, br, zz'],
      ] as const) {
        const request = { ...about, networkId: (await own.network(on, network)).id };
        const { hosts } = await own.value('change.preview', { request });
        const told = hosts[0]?.notices.filter(({ code }) => code.startsWith('route_'));
        expect(told).toMatchObject([{ code: 'route_moves', params: { context: 'chance', networks } }]);
        expect(await own.change(request)).toMatchObject({ ok: true });
        const now = await routes();
        expect(now[0]).toBe(network);
        expect(now.sort().join(', ')).toBe(networks);
      }
      await on.docker('restart', '-t', '0', 'web');
      expect((await routes()).sort()).toEqual(['aa', 'br', 'zz']);
    } finally {
      await own.end();
    }
  });
});

it.each([
  ['4.3', 0],
  ['5.8', 1],
])(
  'adopts an internal network without a gateway, and puts it back, on a real Podman %s',
  async (_, index) => {
    const on = lab.hosts[index] as LabHost;
    const made = ['-d', 'macvlan', '--internal', '-o', 'parent=eth1', '--subnet', '10.70.3.0/24', 'inner'];
    await on.docker('network', 'create', ...made);
    const config = () =>
      on.docker('network', 'inspect', '-f', '{{json .IPAM.Config}} {{.Internal}}', 'inner');
    const before = await config();
    expect(before).toContain('<nil>');
    const own = await startConsole([on]);
    try {
      const { id: networkId, engineId, subnets } = await own.network(on, 'inner');
      expect(subnets).toEqual([{ subnet: '10.70.3.0/24', exclusions: {} }]);
      const { candidates } = await own.value('segments.list', {});
      const segment = candidates.find(({ name }) => name === 'inner')!;
      const adopt = await own.value('change.preview', { request: { kind: 'adopt-segment', segment } });
      expect(adopt.problems).toEqual([]);
      const removed = await own.change({ kind: 'remove-network', engineId, networkId });
      if (!removed.ok) throw new Error(removed.error.message);
      const undone = await own.value('change.undo', { id: removed.value.id });
      expect(undone).toMatchObject({ state: 'undone' });
      expect(undone).not.toHaveProperty('exceptions');
      expect(await config()).toBe(before);
    } finally {
      await own.end();
    }
  },
);
