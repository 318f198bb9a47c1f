import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerSchema } from '../../../shared/model';
import { published, rich, sharing } from '../fixtures/containers-inspected';
import { listed } from '../fixtures/containers-listed';
import { mapContainers, mapInspectedContainer, mapListedContainer } from './map-container';
import { mapNetworkMode } from './map-endpoint';

const context = { engineId: 'e1' };
const inspected = (json: unknown) => mapInspectedContainer(json, context);
const fromList = (name: string) =>
  mapListedContainer(
    listed.find((item) => item.Names[0] === `/${name}`),
    context,
  );

describe('the list of a real 20.10', () => {
  it('gives models that the contract accepts, without detail', () => {
    const containers = mapContainers(listed, context);
    expect(containers).toHaveLength(listed.length);
    for (const container of containers) expect(containerSchema.parse(container)).toEqual(container);
    expect(containers.every((container) => container.detail === null)).toBe(true);
  });

  it('carries the pin, apart from the address in use', () => {
    expect(fromList('rich').endpoints).toMatchObject([
      { networkName: 'm1', ipv4: '10.70.1.40', prefix: 24, pinned4: '10.70.1.40', mac: '02:42:0a:46:01:aa' },
    ]);
    expect(fromList('cid').endpoints[0]).toMatchObject({ ipv4: '10.70.1.128' });
    expect(fromList('cid').endpoints[0]).not.toHaveProperty('pinned4');
  });

  it('keeps the phantom of a failed connect, for the change that clears it', () => {
    expect(fromList('c1').endpoints).toMatchObject([
      { networkName: 'bridge', ipv4: '172.17.0.2' },
      { networkName: 'small', networkId: '', endpointId: '', ipv4: '', prefix: 0 },
    ]);
  });

  it('tells the modes apart', () => {
    expect(fromList('c1').networkMode).toEqual({ kind: 'bridge' });
    expect(fromList('chost').networkMode).toEqual({ kind: 'host' });
    expect(fromList('rich').networkMode).toEqual({ kind: 'network', network: 'm1' });
    expect(fromList('cshareoff').networkMode).toMatchObject({
      kind: 'container',
      containerId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('lists published ports only', () => {
    expect(fromList('pub').ports).toEqual([
      '0.0.0.0:8082->80/tcp',
      '127.0.0.1:5353->53/udp',
      '[::]:8082->80/tcp',
    ]);
  });
});

describe('inspect of a real 20.10', () => {
  it('gives the same container as the list, and the detail', () => {
    for (const json of [rich, published]) {
      const own = inspected(json);
      const { detail, endpoints, ports, ...rest } = own;
      const { detail: _, endpoints: theirs, ports: __, ...listedRest } = fromList(own.name);
      expect(containerSchema.parse(own)).toEqual(own);
      expect(rest).toEqual(listedRest);
      // Only inspect tells aliases.
      expect(endpoints.map((endpoint) => ({ ...endpoint, aliases: [] }))).toEqual(theirs);
      expect(detail).not.toBeNull();
      expect(ports.length).toBeGreaterThan(0);
    }
  });

  it('reads limits and namespaces', () => {
    expect(inspected(rich).detail).toMatchObject({
      limits: {
        memory: 67108864,
        memorySwap: 134217728,
        memoryReservation: 33554432,
        nanoCpus: 1.5e9,
        pids: 50,
      },
      namespaces: { network: 'private', pid: '', ipc: 'private', cgroup: 'host' },
      restartPolicy: 'unless-stopped',
      hostname: 'rich',
      capAdd: ['NET_ADMIN'],
      configuredMac: '02:42:0a:46:01:aa',
      startedAt: '2026-11-22T23:14:31.066750861Z',
    });
    expect(inspected(sharing).detail?.namespaces.network).toMatch(/^container:[0-9a-f]{64}$/);
  });

  it('tells what the engine removes as soon as it stops', () => {
    const once = { ...rich, HostConfig: { ...rich.HostConfig, AutoRemove: true } };
    expect(inspected(once).detail?.autoRemove).toBe(true);
    expect(inspected(rich).detail).not.toHaveProperty('autoRemove');
  });

  it('leaves out the alias that the engine makes of the short id, and what is said twice', () => {
    expect(inspected(rich).endpoints[0]?.aliases).toEqual(['web', 'rich']);
    const { NetworkSettings: settings } = rich;
    const [[name, entry] = ['', {}]] = Object.entries(settings.Networks);
    const Networks = { [name]: { ...entry, Aliases: ['pod1', 'x', 'pod1'] } };
    const again = { ...rich, NetworkSettings: { ...settings, Networks } };
    expect(inspected(again).endpoints[0]?.aliases).toEqual(['pod1', 'x']);
  });

  it('shows the ports asked for where macvlan publishes none', () => {
    expect(inspected(rich).ports).toEqual(['0.0.0.0:8080->80/tcp']);
    expect(inspected(published).ports).toEqual(fromList('pub').ports);
  });

  it('tells since when and how it stands, not in a sentence that grows old', () => {
    const stateOf = (State: object) => inspected({ Id: 'x', RestartCount: 4, State }).detail;
    const zero = '0001-01-01T00:00:00Z';
    const began = '2026-11-22T23:14:31Z';
    expect(stateOf({ StartedAt: began, FinishedAt: zero, Health: { Status: 'unhealthy' } })).toMatchObject({
      ...{ startedAt: began, finishedAt: '', health: 'unhealthy', restartCount: 4 },
    });
    expect(stateOf({ StartedAt: zero, FinishedAt: began, Health: { Status: 'none' } })).toMatchObject({
      ...{ startedAt: '', finishedAt: began, health: '' },
    });
    expect(stateOf({ Healthcheck: { Status: 'healthy' } })?.health).toBe('healthy');
    expect(stateOf({ Health: { Status: 'constructor' } })?.health).toBe('');
  });
});

describe('other engines', () => {
  it("reads Podman's states, and its network name in place of an id", () => {
    const of = (State: string) => mapListedContainer({ Id: 'x', State }, context).state;
    expect(['configured', 'stopped', 'running', 'paused', 'odd', 'constructor'].map(of)).toEqual([
      'created',
      'exited',
      'running',
      'paused',
      'unknown',
      'unknown',
    ]);
    const podman = { Id: 'x', NetworkSettings: { Networks: { lan: { NetworkID: 'lan' } } } };
    expect(mapListedContainer(podman, context).endpoints).toMatchObject([
      { networkName: 'lan', networkId: '' },
    ]);
  });

  it('gives Podman’s endpoints an id when they are in use: without one they would pass for leftovers', () => {
    const endpoints = (entry: object) =>
      mapListedContainer(
        { Id: '0123456789abcdef', NetworkSettings: { Networks: { lan: { NetworkID: 'lan', ...entry } } } },
        { ...context, podman: true },
      ).endpoints.map(({ endpointId }) => endpointId);
    expect(endpoints({ EndpointID: '', IPAddress: '10.70.1.2' })).toEqual(['0123456789ab-lan']);
    expect(endpoints({ EndpointID: '', IPAddress: '' })).toEqual(['']);
  });

  it('takes the name from the one entry that is no link', () => {
    expect(mapListedContainer({ Id: 'x', Names: ['/web/db', '/db'] }, context).name).toBe('db');
    expect(mapListedContainer({ Id: '0123456789abcdef', Names: null }, context).name).toBe('0123456789ab');
  });

  it('reads gateway priority and driver options of v28', () => {
    const entry = { GwPriority: -10, DriverOpts: { 'com.docker.network.endpoint.ifname': 'lan0' } };
    const container = inspected({ Id: 'x', NetworkSettings: { Networks: { a: entry } } });
    expect(container.endpoints[0]).toMatchObject({
      gatewayPriority: -10,
      driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0' },
    });
  });

  it.each([
    ['', 'bridge'],
    ['default', 'bridge'],
    ['bridge', 'bridge'],
    ['host', 'host'],
    ['none', 'none'],
    ['container:abc', 'container'],
    ['slirp4netns', 'network'],
  ])('network mode "%s" is %s', (mode, kind) => {
    expect(mapNetworkMode(mode).kind).toBe(kind);
  });

  it('never throws, and never leaves the contract, whatever it is given', () => {
    const part = fc.dictionary(
      fc.constantFrom('Networks', 'Ports', 'Status', 'NetworkMode', 'a'),
      fc.jsonValue(),
    );
    const keys = [
      'Id',
      'Name',
      'Names',
      'State',
      'Created',
      'HostConfig',
      'Config',
      'NetworkSettings',
      'Ports',
      'Labels',
    ];
    const shape = fc.dictionary(fc.constantFrom(...keys), fc.oneof(part, fc.jsonValue()));
    fc.assert(
      fc.property(fc.oneof(shape, fc.jsonValue()), (json) => {
        containerSchema.parse(mapListedContainer(json, context));
        containerSchema.parse(inspected(json));
        mapContainers(json, context);
      }),
    );
  });
});
