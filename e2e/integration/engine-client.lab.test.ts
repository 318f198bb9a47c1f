import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CountersSample, EngineClient, EngineEvent } from '../../electron/docker';
import { until } from '../lab';
import { freshLab } from '../lab/vitest';
import { connectTo, lan, refusal } from './engine-client.helpers';

const lab = freshLab();
const [host] = lab.hosts;
let client: EngineClient;

beforeEach(() => {
  client = connectTo(host);
});
afterEach(() => {
  client.close();
});

/** Starts a container on the engine and gives its id. */
const start = (name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '1000000');

describe('the engine', () => {
  it('tells its facts', async () => {
    const facts = await client.facts();
    expect(facts).toMatchObject({
      hostName: host.name,
      product: 'docker',
      rootless: false,
      desktopVm: false,
      swarm: 'inactive',
    });
    expect(`${facts.version} ${facts.apiVersion}`).toBe(
      await host.docker('version', '--format', '{{.Server.Version}} {{.Server.APIVersion}}'),
    );
    expect(facts.cpus).toBeGreaterThan(0);
    expect(facts.memory).toBeGreaterThan(1e8);
    await client.ping(5000);
    expect(await client.raw('engine', '')).toMatchObject({ info: { Name: host.name }, version: {} });
  });

  it('is too late while stopped, and there again afterwards', async () => {
    const impatient = connectTo(host, 300);
    try {
      await impatient.ping(5000);
      host.pauseDaemon();
      expect(await refusal(impatient.containers())).toMatchObject({ code: 'engine_timeout' });
      expect(await refusal(client.ping(300))).toMatchObject({ code: 'engine_timeout' });
      expect(
        await refusal(
          impatient.events(
            () => undefined,
            () => undefined,
          ),
        ),
      ).toMatchObject({
        code: 'engine_timeout',
      });
    } finally {
      host.resumeDaemon();
      impatient.close();
    }
    await client.ping(10_000);
  });

  it('is unreachable while dead; the stream of events ends once', async () => {
    const ends: Error[] = [];
    await client.events(
      () => undefined,
      (reason) => ends.push(reason),
    );
    await host.killDaemon();
    await until('the stream to end', () => ends.length > 0);
    expect(await refusal(client.networks())).toMatchObject({ code: 'engine_unreachable' });
    await host.startDaemon();
    await client.ping(10_000);
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ problem: { code: 'engine_unreachable' } });
  });
});

describe('networks and containers', () => {
  it('makes a network as asked and reads it back', async () => {
    const id = await client.createNetwork({ ...lan, labels: { team: 'net' } });
    const network = await client.network(id);
    expect(network).toMatchObject({
      id,
      name: 'lan',
      kind: 'macvlan',
      parent: 'eth1',
      mode: 'bridge',
      internal: false,
      labels: { team: 'net', 'io.trunkline.managed': 'true' },
    });
    expect(network.subnets).toEqual([
      {
        subnet: lan.subnet,
        gateway: lan.gateway,
        ipRange: lan.ipRange,
        exclusions: { excluded1: '10.70.1.11' },
      },
    ]);
    expect(await client.networks()).toContainEqual(network);
    expect(await client.raw('network', id)).toMatchObject({ Id: id, Driver: 'macvlan' });
    await client.removeNetwork(id);
    expect(await refusal(client.network(id))).toMatchObject({ code: 'network_not_found' });
  });

  it('names the Linux bridge that is really there', async () => {
    await host.docker('network', 'create', 'br');
    const bridges = (await client.networks()).filter((network) => network.kind === 'bridge');
    const links = await host.exec('ip', '-o', 'link', 'show', 'type', 'bridge');
    expect(bridges).toHaveLength(2);
    for (const { bridge } of bridges) expect(links).toContain(` ${bridge ?? 'none'}:`);
  });

  it('reads every mode, from the list and from inspect alike', async () => {
    await client.createNetwork(lan);
    const owner = await start('owner', '--network', 'lan', '--ip', '10.70.1.20', '--network-alias', 'web');
    await start('plain', '-p', '8080:80', '-m', '64m');
    await start('on-host', '--network', 'host');
    await start('alone', '--network', 'none');
    await start('sharer', '--network', 'container:owner');
    await host.docker('create', '--name', 'made', '--network', 'lan', '--ip', '10.70.1.30', lab.image);
    await start('paused');
    await host.docker('pause', 'paused');
    const containers = new Map((await client.containers()).map((item) => [item.name, item]));
    const modes = Object.fromEntries([...containers].map(([name, item]) => [name, item.networkMode]));
    expect(modes).toEqual({
      owner: { kind: 'network', network: 'lan' },
      plain: { kind: 'bridge' },
      'on-host': { kind: 'host' },
      alone: { kind: 'none' },
      sharer: { kind: 'container', containerId: owner },
      made: { kind: 'network', network: 'lan' },
      paused: { kind: 'bridge' },
    });
    for (const listed of containers.values()) {
      const full = await client.container(listed.id);
      const aliasless = full.endpoints.map((endpoint) => ({ ...endpoint, aliases: [] }));
      expect({ ...full, detail: null, endpoints: aliasless }).toEqual(listed);
      expect(full.detail).not.toBeNull();
      expect([full.name, full.detail?.startedAt === '']).toEqual([full.name, full.state === 'created']);
    }
    expect(containers.get('made')).toMatchObject({
      state: 'created',
      endpoints: [{ pinned4: '10.70.1.30', ipv4: '' }],
    });
    expect(containers.get('paused')).toMatchObject({ state: 'paused' });
    expect((await client.container(owner)).endpoints[0]).toMatchObject({
      pinned4: '10.70.1.20',
      aliases: ['web'],
    });
    const plain = await client.container(containers.get('plain')!.id);
    expect(plain.detail).toMatchObject({ limits: { memory: 67108864 } });
    expect(plain.detail!.pid).toBeGreaterThan(0);
  });

  it('asks a container for its MACs: those of its endpoints', async () => {
    await client.createNetwork(lan);
    const id = await start('two');
    await client.connect('lan', id, {});
    const { endpoints } = await client.container(id);
    const macs = await client.interfaceMacs(id);
    expect([...macs.values()].sort()).toEqual(endpoints.map((endpoint) => endpoint.mac).sort());
    expect(macs.size).toBe(2);
    await host.docker('pause', 'two');
    expect(await client.interfaceMacs(id)).toEqual(new Map());
  });
});

describe('attachments', () => {
  it('pins a live container, and takes it off again', async () => {
    const networkId = await client.createNetwork(lan);
    const id = await start('c1');
    await client.connect(networkId, id, {
      ipv4: '10.70.1.20',
      aliases: ['web'],
      // 20.10 can do neither: they must not be in its way.
      mac: '02:42:00:00:00:20',
      gatewayPriority: 5,
    });
    const endpoint = (await client.container(id)).endpoints.find((item) => item.networkName === 'lan');
    expect(endpoint).toMatchObject({
      networkId,
      ipv4: '10.70.1.20',
      pinned4: '10.70.1.20',
      prefix: 24,
      aliases: ['web'],
    });
    await client.disconnect(networkId, id, false);
    expect((await client.container(id)).endpoints.map((item) => item.networkName)).toEqual(['bridge']);
  });

  it('follows events: each once, without noise', async () => {
    const events: EngineEvent[] = [];
    const subscription = await client.events(
      (event) => events.push(event),
      () => undefined,
    );
    const networkId = await client.createNetwork(lan);
    const containerId = await start('c1', '--network', 'none');
    await client.interfaceMacs(containerId);
    await client.disconnect('none', containerId, false);
    await client.connect(networkId, containerId, {});
    await client.disconnect(networkId, containerId, false);
    await host.docker('rm', '-f', 'c1');
    await client.removeNetwork(networkId);
    await until('the last event', () =>
      events.some((event) => event.kind === 'network' && event.action === 'destroy'),
    );
    subscription.dispose();
    expect(events.filter((event) => event.kind === 'network')).toEqual([
      { kind: 'network', action: 'create', networkId },
      { kind: 'network', action: 'destroy', networkId },
    ]);
    const attachments = events.filter(
      (event) => event.kind === 'attachment' && event.networkId === networkId,
    );
    expect(attachments).toEqual([
      { kind: 'attachment', action: 'connect', networkId, containerId },
      { kind: 'attachment', action: 'disconnect', networkId, containerId },
    ]);
    const actions = events.flatMap((event) => (event.kind === 'container' ? [event.action] : []));
    expect(actions).toEqual(['create', 'start', 'die', 'destroy']);
  });

  it('counts what is received, by interface', async () => {
    await client.createNetwork(lan);
    const id = await start('c1', '--network', 'lan', '--ip', '10.70.1.20');
    await start('c2', '--network', 'lan', '--ip', '10.70.1.21');
    const samples: CountersSample[] = [];
    const stream = client.counters(
      id,
      (sample) => samples.push(sample),
      () => undefined,
    );
    await until('a first sample', () => samples.length > 0);
    const before = samples.length;
    await host.docker('exec', 'c2', 'ping', '-c', '5', '-i', '0.2', '-s', '1000', '10.70.1.20');
    await until('a sample after the pings', () => samples.length > before + 1);
    stream.dispose();
    const [first, last] = [samples[0]!.interfaces[0]!, samples.at(-1)!.interfaces[0]!];
    expect(first.interface).toBe('eth0');
    // 5 pings of 1000 bytes and their frames' heads, both ways; a few ARP besides.
    expect(last.rxBytes - first.rxBytes).toBeGreaterThanOrEqual(5 * 1042);
    expect(last.rxBytes - first.rxBytes).toBeLessThan(5 * 1042 + 2000);
    expect(last.txPackets - first.txPackets).toBeGreaterThanOrEqual(5);
    expect(samples.at(-1)!.at).toBeGreaterThan(samples[0]!.at);
  });
});
