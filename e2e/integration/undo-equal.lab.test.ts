import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRecord, ChangeRequest, NetworkSpec } from '../../shared/model';
import { startLab, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';
import { rawAttachments, rawNetwork } from './raw-compare';

/** Undo says “undone” only where the engine is as it was before: on each generation that the lab has. */
let lab: Lab;
let console_: TestConsole;
beforeAll(async () => {
  lab = await startLab({ hosts: [{ engine: 'docker' }, { engine: 'docker-26.1' }] });
});
afterAll(() => lab.down());
beforeEach(async () => {
  await Promise.all(lab.hosts.map((host) => host.clean()));
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

const hosts = [
  ['20.10', () => lab.hosts[0] as LabHost],
  ['26.1', () => lab.hosts[1] as LabHost],
] as const;
const MAC = '02:aa:bb:cc:dd:01';

const create = (host: LabHost, body: object) => host.api('POST', '/networks/create', body);
const lan = (host: LabHost) => ({
  Name: 'lan',
  Driver: 'macvlan',
  Attachable: true,
  Labels: { owner: 'team a' },
  Options: { parent: host.nic, macvlan_mode: 'bridge', 'com.docker.network.driver.mtu': '1400' },
  IPAM: {
    Driver: 'default',
    Options: { why: 'not' },
    Config: [
      {
        ...{ Subnet: '10.70.1.0/24', Gateway: '10.70.1.1', IPRange: '10.70.1.64/27' },
        AuxiliaryAddresses: { printer: '10.70.1.5', 'old nas': '10.70.1.6' },
      },
      { Subnet: 'fd00:70::/64' },
    ],
  },
});
const networks = (host: LabHost): [string, object[]][] => [
  ['an IPv6 subnet and EnableIPv6 false', [lan(host)]],
  [
    'an IPv6 subnet, a gateway and an exclusion in it, and EnableIPv6',
    [
      {
        ...lan(host),
        EnableIPv6: true,
        Internal: true,
        IPAM: {
          Config: [
            { Subnet: '10.70.1.0/24' },
            { Subnet: 'fd00:70::/64', Gateway: 'fd00:70::1', AuxiliaryAddresses: { dns: 'fd00:70::53' } },
          ],
        },
      },
    ],
  ],
  [
    'two IPv4 subnets',
    [{ ...lan(host), IPAM: { Config: [{ Subnet: '10.70.1.0/24' }, { Subnet: '10.70.2.0/24' }] } }],
  ],
  [
    'settings for others',
    [
      {
        ...{ Name: 'lan', ConfigOnly: true, Labels: { a: 'b' } },
        IPAM: { Config: [{ Subnet: '10.71.1.0/24', AuxiliaryAddresses: { x: '10.71.1.9' } }] },
        Options: { parent: host.nic },
      },
    ],
  ],
  [
    'settings from another',
    [
      {
        ...{ Name: 'settings', ConfigOnly: true, Options: { parent: host.nic } },
        IPAM: { Config: [{ Subnet: '10.71.1.0/24' }] },
      },
      { Name: 'lan', Driver: 'macvlan', ConfigFrom: { Network: 'settings' } },
    ],
  ],
  [
    'a bridge of its own',
    [{ Name: 'lan', Driver: 'bridge', Options: { 'com.docker.network.bridge.enable_icc': 'false' } }],
  ],
];

async function applied(request: ChangeRequest): Promise<ChangeRecord> {
  const result = await console_.change(request);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe.each(hosts)('removing a network on a real %s, and undoing it', (_version, on) => {
  const cases = networks({ nic: 'eth1' } as LabHost).map(([name]) => name);
  it.each(cases)('brings back one with %s as it was', async (name) => {
    const host = on();
    const bodies = networks(host).find(([each]) => each === name)?.[1] ?? [];
    for (const body of bodies) expect(await create(host, body)).toMatchObject({ status: 201 });
    const before = await rawNetwork(host, 'lan');
    const { id, engineId } = await console_.network(host, 'lan');
    const record = await applied({ kind: 'remove-network', engineId, networkId: id });
    expect(record).toMatchObject({ state: 'applied', undoable: true });
    const undone = await console_.value('change.undo', { id: record.id });
    expect(await rawNetwork(host, 'lan')).toEqual(before);
    expect(undone.state).toBe('undone');
    expect(undone.exceptions).toBeUndefined();
  });
});

describe.each(hosts)('a container’s place on a LAN on a real %s', (version, on) => {
  const old = version === '20.10';
  beforeEach(async () => {
    const host = on();
    await create(host, { ...lan(host), EnableIPv6: true });
    await host.docker('run', '-d', '--name', 'db', '--network', 'lan', lab.image, 'sleep', '3600');
    const endpoint = {
      IPAMConfig: { IPv4Address: '10.70.1.20', IPv6Address: 'fd00:70::20', LinkLocalIPs: ['169.254.9.9'] },
      ...{ Aliases: ['shop'], Links: ['db:store'] },
    };
    const made = await host.api('POST', '/containers/create?name=web', {
      ...{ Image: lab.image, Cmd: ['sleep', '3600'] },
      ...(old ? { MacAddress: MAC } : {}),
      HostConfig: { NetworkMode: 'lan' },
      NetworkingConfig: { EndpointsConfig: { lan: { ...endpoint, ...(old ? {} : { MacAddress: MAC }) } } },
    });
    expect(made.status).toBe(201);
    await host.docker('start', 'web');
  });
  const place = async () => {
    const web = await console_.container(on(), 'web', (each) => each.endpoints[0]?.ipv4 === '10.70.1.20');
    const { id } = await console_.network(on(), 'lan');
    return { engineId: web.engineId, containerId: web.id, networkId: id };
  };
  const noticed = async (request: ChangeRequest) =>
    (await console_.value('change.preview', { request })).notices
      .map((each) => each.code)
      .filter((code) => code === 'mac_lost' || code === 'mac_changes');

  it.each(['detach', 'readdress'] as const)(
    'is after %s and undo what it was, or told to differ',
    async (kind) => {
      const before = await rawAttachments(on(), 'web');
      const about = await place();
      const request: ChangeRequest =
        kind === 'detach' ? { kind, ...about } : { kind, ...about, ipv4: '10.70.1.21' };
      expect(await noticed(request)).toEqual(old ? [] : ['mac_lost']);
      const record = await applied(request);
      if (kind === 'readdress')
        expect(await rawAttachments(on(), 'web')).toMatchObject({
          networks: {
            lan: {
              IPAMConfig: {
                ...{ IPv4Address: '10.70.1.21', IPv6Address: 'fd00:70::20' },
                LinkLocalIPs: ['169.254.9.9'],
              },
              ...{ Links: ['db:store'], aliases: ['shop'] },
              ...(old ? { MacAddress: MAC } : {}),
            },
          },
        });
      const { state, exceptions = [] } = await console_.value('change.undo', { id: record.id });
      expect(state).toBe('undone');
      const after = await rawAttachments(on(), 'web');
      // 26.1 can’t set a MAC when connecting: that alone is lost, was said before, and is told.
      const lost = { container: 'web', network: 'lan', field: 'MacAddress', before: MAC };
      expect(exceptions).toEqual(old ? [] : [expect.objectContaining(lost)]);
      if (old) return expect(after).toEqual(before);
      const { lan: now } = after.networks as { lan: { MacAddress: string } };
      expect(now.MacAddress).not.toBe(MAC);
      expect({ ...now, MacAddress: MAC }).toEqual((before.networks as { lan: object }).lan);
    },
  );

  it('has its automatic MAC said to change with the address', async () => {
    const db = await console_.container(on(), 'db', (each) => each.endpoints[0]?.ipv4 !== '');
    const { networkId } = await place();
    const request = { kind: 'readdress', engineId: db.engineId, containerId: db.id, networkId } as const;
    expect(await noticed({ ...request, ipv4: '10.70.1.30' })).toEqual(['mac_changes']);
  });
});

describe.each(hosts)('small and IPv6 subnets on a real %s', (version, on) => {
  const spec: NetworkSpec = {
    ...{ name: 'p2p', driver: 'macvlan' as const, parent: 'eth1', mode: 'bridge', subnet: '10.75.0.0/31' },
    ...{ exclusions: [], internal: true },
  };
  const make = async (over: Partial<NetworkSpec>) => {
    const { engineId } = await console_.network(on(), 'bridge');
    const made = await console_.change({
      ...{ kind: 'create-network', engineId },
      spec: { ...spec, exclusions: [], ...over },
    });
    return made.ok ? made.value.state : made.error.code;
  };
  it('are made where the engine has them, and refused where it has not', async () => {
    const able = version !== '20.10';
    const problems = async (over: Partial<NetworkSpec>) => {
      const { engineId } = await console_.network(on(), 'bridge');
      return (
        await console_.problems({
          ...{ kind: 'create-network', engineId },
          spec: { ...spec, exclusions: [], ...over },
        })
      ).map((each) => each.params?.context);
    };
    if (able) expect(await make({})).toBe('applied');
    else expect(await problems({})).toEqual(['too_small']);
    const six = { name: 'p6', parent: 'eth2', subnet: '', subnet6: 'fd00:75::/64' };
    expect(await problems(six)).toEqual(['ipv6_only']);
  });
});
