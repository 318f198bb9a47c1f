import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createEngineClient,
  engineIdFor,
  type CountersSample,
  type EngineClient,
  type EngineEvent,
} from '../../electron/docker';
import { ProblemError, type ErrorCode, type NetworkSpec, type Problem } from '../../shared/model';
import { until, type LabHost } from '../lab';
import { freshLab } from '../lab/vitest';

const lab = freshLab();
const [host] = lab.hosts;
let client: EngineClient;

const connectTo = (to: LabHost, timeoutMs?: number) =>
  createEngineClient({
    engineId: engineIdFor(to.endpoint),
    endpoint: to.endpoint,
    ...(timeoutMs && { timeoutMs }),
  });

beforeEach(() => {
  client = connectTo(host);
});
afterEach(() => {
  client.close();
});

const lan: NetworkSpec = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth1',
  mode: 'bridge',
  subnet: '10.70.1.0/24',
  gateway: '10.70.1.1',
  ipRange: '10.70.1.128/25',
  exclusions: ['10.70.1.11'],
  internal: false,
};
const other: NetworkSpec = { ...lan, name: 'other', parent: 'eth2', exclusions: [] };
const onOther = (change: Partial<NetworkSpec>): NetworkSpec => {
  const { gateway: _, ipRange: __, ...bare } = other;
  return { ...bare, ...change };
};

/** Starts a container on the engine and gives its id. */
const start = (name: string, ...args: string[]) =>
  host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '1000000');

async function refusal(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a refusal, not ${String(error)}`);
  return error.problem;
}

describe('the engine', () => {
  it('tells its facts', async () => {
    const facts = await client.facts();
    expect(facts).toMatchObject({
      name: host.name,
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
      expect({ ...full, detail: null, endpoints: aliasless, status: '' }).toEqual({ ...listed, status: '' });
      expect(full.detail).not.toBeNull();
      expect(full.status.split(' ')[0]).toBe(listed.status.split(' ')[0]);
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

describe('refusals', () => {
  /** What an admin would see of the engine: it must be the same after a refusal. */
  async function picture() {
    const containers = await client.containers();
    const full = await Promise.all(containers.map((item) => client.container(item.id)));
    return { networks: await client.networks(), containers: full.map((item) => ({ ...item, status: '' })) };
  }

  async function expectRefused(
    call: () => Promise<unknown>,
    code: ErrorCode,
    engineText?: RegExp,
  ): Promise<void> {
    const before = await picture();
    const problem = await refusal(call());
    expect(problem).toMatchObject({ code, engineId: client.engineId });
    if (engineText) expect(problem.engineText).toMatch(engineText);
    expect(await picture()).toEqual(before);
  }

  it.each<[string, NetworkSpec, ErrorCode, RegExp]>([
    ['absent parent', { ...lan, parent: 'nope0' }, 'parent_missing', /example formatting/],
    ['absent parent of a VLAN', { ...lan, parent: 'nope0.10' }, 'parent_missing', /not found on the host/],
    ['VLAN 5000', { ...lan, parent: 'eth1.5000' }, 'vlan_invalid', /1-4094/],
    ['VLAN abc', { ...lan, parent: 'eth1.abc' }, 'vlan_invalid', /valid vlan id/],
    ['two dots', { ...lan, parent: 'eth1.10.20' }, 'parent_invalid', /required interface name/],
    ['loopback', { ...lan, parent: 'lo' }, 'parent_invalid', /loopback/],
    ['bogus mode', { ...lan, mode: 'bogus' }, 'mode_invalid', /bogus/],
    ['gateway outside', onOther({ gateway: '10.99.0.1' }), 'gateway_outside_subnet', /out of range/],
    ['gateway no address', onOther({ gateway: 'hello' }), 'address_invalid', /invalid gateway/],
    ['subnet no subnet', onOther({ subnet: 'hello' }), 'subnet_invalid', /Invalid subnet/],
    ['subnet /32', onOther({ subnet: '10.80.0.1/32' }), 'subnet_invalid', /No available addresses/],
    ['range no range', onOther({ ipRange: 'hello' }), 'range_outside_subnet', /SubPool/],
    [
      'excluded gateway',
      onOther({ subnet: '10.81.0.0/24', gateway: '10.81.0.1', exclusions: ['10.81.0.1'] }),
      'address_reserved',
      /secondary ip/,
    ],
    [
      'exclusion outside',
      // Leaks this pool on 20.10: a subnet that no other test uses.
      onOther({ subnet: '10.82.0.0/24', exclusions: ['10.99.0.1'] }),
      'exclusion_outside_subnet',
      /master pool/,
    ],
    ['no name', { ...lan, name: '' }, 'name_invalid', /already exists/],
    ['an engine’s own name', { ...lan, name: 'bridge' }, 'network_predefined', /predefined/],
  ])('creating: %s', async (_, spec, code, engineText) => {
    await expectRefused(() => client.createNetwork(spec), code, engineText);
  });

  it('creating beside another network', async () => {
    await client.createNetwork(lan);
    await expectRefused(
      () => client.createNetwork({ ...lan, name: 'b', subnet: '10.71.0.0/24' }),
      'gateway_outside_subnet',
    );
    const taken = onOther({ name: 'b', parent: 'eth1', subnet: '10.71.0.0/24' });
    await expectRefused(() => client.createNetwork(taken), 'parent_taken', /already using parent/);
    await expectRefused(() => client.createNetwork(onOther({})), 'subnet_overlap', /Pool overlaps/);
    await expectRefused(
      () => client.createNetwork(onOther({ name: 'lan', subnet: '10.72.0.0/24' })),
      'name_taken',
      /already exists/,
    );
  });

  it('removing', async () => {
    const id = await client.createNetwork(lan);
    await start('c1', '--network', 'lan');
    await expectRefused(() => client.removeNetwork(id), 'network_in_use', /active endpoints/);
    for (const name of ['bridge', 'host', 'none'])
      await expectRefused(() => client.removeNetwork(name), 'network_predefined', /pre-defined/);
    await expectRefused(() => client.removeNetwork('nobody'), 'network_not_found');
    await host.docker(
      'network',
      'create',
      '--config-only',
      '--subnet',
      '10.91.0.0/24',
      '-o',
      'parent=eth2',
      'cfg',
    );
    await host.api('POST', '/networks/create', {
      Name: 'from',
      Driver: 'macvlan',
      ConfigFrom: { Network: 'cfg' },
    });
    await expectRefused(() => client.removeNetwork('cfg'), 'network_in_use', /configuration network/);
  });

  it.each<[string, string, ErrorCode, RegExp]>([
    ['taken', '10.70.1.20', 'address_in_use', /Address already in use/],
    ['the gateway’s', '10.70.1.1', 'address_in_use', /Address already in use/],
    ['the subnet’s first', '10.70.1.0', 'address_in_use', /Address already in use/],
    ['the subnet’s last', '10.70.1.255', 'address_in_use', /Address already in use/],
    ['excluded', '10.70.1.11', 'address_in_use', /Address already in use/],
    ['outside the subnet', '10.99.1.20', 'address_outside_subnet', /does not belong/],
  ])('connecting at an address that is %s', async (_, ipv4, code, engineText) => {
    const id = await client.createNetwork(lan);
    await start('taken', '--network', 'lan', '--ip', '10.70.1.20');
    const c1 = await start('c1');
    const before = await picture();
    const problem = await refusal(client.connect(id, c1, { ipv4 }));
    expect(problem).toMatchObject({ code, field: 'ipv4' });
    expect(problem.engineText).toMatch(engineText);
    // 20.10 leaves a phantom behind, with which the container could not start again. It has to be visible.
    const phantom = (await client.container(c1)).endpoints.find((item) => item.networkName === 'lan');
    expect(phantom).toMatchObject({ endpointId: '', ipv4: '', pinned4: ipv4 });
    await client.connect(id, c1, {});
    await client.disconnect(id, c1, false);
    expect(await picture()).toEqual(before);
  });

  it('connecting at what is no address, or where none can be fixed', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await expectRefused(() => client.connect(id, c1, { ipv4: 'hello' }), 'address_invalid');
    await expectRefused(() => client.connect(id, c1, { ipv6: 'fd00::5' }), 'pin_needs_user_network');
    await client.connect(id, c1, {});
    await host.docker('network', 'disconnect', 'bridge', 'c1');
    await expectRefused(
      () => client.connect('bridge', c1, { ipv4: '172.17.0.9' }),
      'pin_needs_user_network',
      /user defined networks only/,
    );
  });

  it('connecting what can’t be connected, where nothing can be', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await start('on-host', '--network', 'host');
    await start('alone', '--network', 'none');
    await start('sharer', '--network', 'container:c1');
    await host.docker('create', '--name', 'stopped', lab.image);
    await host.docker('network', 'create', '--config-only', '--subnet', '10.91.0.0/24', 'cfg');
    const connect = (network: string, container: string) => () => client.connect(network, container, {});
    await expectRefused(connect(id, 'on-host'), 'shares_namespace', /sharing network namespace/);
    await expectRefused(connect(id, 'sharer'), 'shares_namespace', /sharing network namespace/);
    await expectRefused(connect(id, 'alone'), 'none_mode', /private \(none\) mode/);
    await expectRefused(connect('none', 'c1'), 'none_network', /private \(none\) mode/);
    await expectRefused(connect('host', 'c1'), 'host_network', /host network/);
    await expectRefused(connect('cfg', 'c1'), 'network_config_only');
    await expectRefused(connect(id, 'nobody'), 'container_not_found', /No such container/);
    // The engine itself says 200 to these two and spoils the container.
    await expectRefused(connect('cfg', 'stopped'), 'network_config_only');
    await expectRefused(connect('nowhere', 'stopped'), 'network_not_found');
    await client.connect(id, c1, {});
    await expectRefused(connect(id, 'c1'), 'already_connected', /already exists in network/);
  });

  it('connecting where no address is left', async () => {
    await host.docker('network', 'create', '--subnet', '10.83.0.0/30', '--gateway', '10.83.0.1', 'small');
    await start('first', '--network', 'small');
    const second = await start('second');
    const problem = await refusal(client.connect('small', second, {}));
    expect(problem).toMatchObject({ code: 'subnet_full' });
    expect(problem.engineText).toMatch(/no available IPv4 addresses/);
  });

  it('connecting to a parent that is a bridge’s port, or is held by passthru', async () => {
    await host.docker(
      'network',
      'create',
      '-d',
      'macvlan',
      '--subnet',
      '10.84.0.0/24',
      '-o',
      'parent=eth2',
      '-o',
      'macvlan_mode=passthru',
      'pass',
    );
    const one = await start('one');
    const two = await start('two');
    await client.connect('pass', one, {});
    expect(await refusal(client.connect('pass', two, {}))).toMatchObject({ code: 'passthru_occupied' });
    await host.docker('rm', '-f', 'one', 'two');
    await host.docker('network', 'rm', 'pass');
    await client.createNetwork(onOther({ subnet: '10.85.0.0/24' }));
    const three = await start('three');
    await host.exec('ip', 'link', 'add', 'brx', 'type', 'bridge');
    try {
      await host.exec('ip', 'link', 'set', 'eth2', 'master', 'brx');
      expect(await refusal(client.connect('other', three, {}))).toMatchObject({ code: 'parent_busy' });
    } finally {
      await host.exec('ip', 'link', 'del', 'brx');
    }
  });

  it('disconnecting', async () => {
    const id = await client.createNetwork(lan);
    const c1 = await start('c1');
    await start('on-host', '--network', 'host');
    await host.docker('create', '--name', 'stopped', lab.image);
    await expectRefused(() => client.disconnect(id, c1, false), 'not_connected', /is not connected to/);
    await expectRefused(() => client.disconnect(id, c1, true), 'not_connected');
    await expectRefused(() => client.disconnect(id, 'stopped', false), 'not_connected');
    await expectRefused(() => client.disconnect('host', 'on-host', false), 'host_network');
    await expectRefused(() => client.disconnect(id, 'nobody', false), 'container_not_found');
    await expectRefused(() => client.disconnect('nowhere', c1, false), 'network_not_found');
    await expectRefused(() => client.container('nobody'), 'container_not_found');
  });

  it('reading what is not there', async () => {
    expect(await refusal(client.raw('container', 'nobody'))).toMatchObject({ code: 'container_not_found' });
    const reason = await new Promise<Error>((done) => client.counters('nobody', () => undefined, done));
    expect(reason).toMatchObject({ problem: { code: 'container_not_found' } });
  });
});
