import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { isSince } from './target';

const NET = {
  Subnet: '10.180.0.0/24',
  Gateway: '10.180.0.1',
  IPRange: '10.180.0.128/26',
  AuxiliaryAddresses: { nas: '10.180.0.130' },
};
const IN_USE = 'Address already in use';

/** What each generation says of an address outside the subnet when connecting. */
const outside = (address: string): Record<string, [number, string]> => ({
  '20.10': [500, `Invalid address ${address}: It does not belong to any of this network's subnets`],
  '26.1': [
    400,
    `invalid endpoint settings:\nno configured subnet or ip-range contain the IP address ${address}`,
  ],
  '28.5': [
    400,
    `invalid endpoint settings:\nno configured subnet or ip-range contain the IP address ${address}`,
  ],
  '29.7': [400, `invalid endpoint settings:\nno configured subnet contains IP address ${address}`],
  'podman-4.3': [500, `requested static ip ${address} not in any subnet on network x`],
  'podman-5.8': [500, `requested static ip ${address} not in any subnet on network x`],
});

/** Live connects and disconnects, and their refusals. */
export function connectCases(bench: () => Bench, it: CaseOf): void {
  it('pins an address on a live connect, outside the ip-range too, and gives it back', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    await bench().connect(net, c, '10.180.0.60');
    expect((await bench().endpoints(c))[net]).toMatchObject({
      IPAMConfig: bench().pins({ IPv4Address: '10.180.0.60' }),
      IPAddress: '10.180.0.60',
      IPPrefixLen: 24,
      Gateway: '10.180.0.1',
    });
    await bench().disconnect(net, c);
    expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
    await bench().connect(net, c, '10.180.0.60');
  });

  it('takes the first address for the gateway where none was given; 29 has none and hands it out', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running(net);
    const { IPAddress, Gateway } = (await bench().endpoints(c))[net] ?? {};
    expect({ IPAddress, Gateway }).toEqual(
      isSince(bench().target.version, '29.7')
        ? { IPAddress: '10.180.0.1', Gateway: '' }
        : { IPAddress: '10.180.0.2', Gateway: '10.180.0.1' },
    );
  });

  it('keeps the first address of an internal one without a gateway until v27; 28 and Podman hand it out', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' }, 0, { Internal: true });
    const c = await bench().running(net);
    expect((await bench().endpoints(c))[net]?.IPAddress).toBe(
      bench().onPodman || isSince(bench().target.version, '28.5') ? '10.180.0.1' : '10.180.0.2',
    );
  });

  it('hands out the lowest free address of the ip-range, past what is reserved', async () => {
    const net = await bench().macvlan(NET);
    const addresses: string[] = [];
    const names: string[] = [];
    for (let i = 0; i < 3; i++) {
      const name = await bench().running(net);
      names.push(name);
      addresses.push((await bench().endpoints(name))[net]?.IPAddress ?? '');
    }
    expect(addresses).toEqual(['10.180.0.128', '10.180.0.129', '10.180.0.131']);
    await bench().ok('POST', `/containers/${names[1]}/stop?t=0`);
    const heir = await bench().running(net);
    expect((await bench().endpoints(heir))[net]?.IPAddress).toBe('10.180.0.129');
  });

  it('derives the MAC from the address until v27, and makes one up since, as Podman does', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running(net, { [net]: { IPAMConfig: { IPv4Address: '10.180.0.60' } } });
    const mac = (await bench().endpoints(c))[net]?.MacAddress;
    if (bench().onPodman || isSince(bench().target.version, '28.5')) {
      expect(mac).toMatch(/^[0-9a-f][26ae](:[0-9a-f]{2}){5}$/);
      expect(mac).not.toBe('02:42:0a:b4:00:3c');
    } else expect(mac).toBe('02:42:0a:b4:00:3c');
  });

  it('ignores a top-level IPAddress', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    const body = { Container: c, EndpointConfig: { IPAddress: '10.180.0.77' } };
    await bench().ok('POST', `/networks/${net}/connect`, body);
    expect((await bench().endpoints(c))[net]).toMatchObject({ IPAMConfig: null, IPAddress: '10.180.0.128' });
  });

  it('refuses what is connected already, and leaves it as it was', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    await bench().connect(net, c, '10.180.0.60');
    const before = await bench().endpoints(c);
    const message = `endpoint with name ${c} already exists in network ${net}`;
    for (const address of [undefined, '10.180.0.61']) {
      await bench().refused(
        'POST',
        `/networks/${net}/connect`,
        bench().connectBody(c, address),
        403,
        message,
      );
    }
    expect(await bench().endpoints(c)).toEqual(before);
  });

  it('refuses to disconnect what is not connected, forced or not', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    const { Id } = await bench().inspect(c);
    for (const Force of [false, true]) {
      const message = Force
        ? new RegExp(`is not connected to network ${net}|not found`)
        : `container ${Id} is not connected to network ${net}`;
      await bench().refused(
        'POST',
        `/networks/${net}/disconnect`,
        { Container: c, Force },
        500,
        message,
        'not_connected',
      );
    }
  });

  for (const [what, address] of [
    ['the gateway', '10.180.0.1'],
    ['the network address', '10.180.0.0'],
    ['the broadcast address', '10.180.0.255'],
    ['an auxiliary address', '10.180.0.130'],
    ['an address in use', '10.180.0.60'],
  ] as const) {
    it(`refuses ${what} and leaves a phantom that a stopped disconnect clears`, async () => {
      const net = await bench().macvlan(NET);
      await bench().running(net, { [net]: { IPAMConfig: { IPv4Address: '10.180.0.60' } } });
      const c = await bench().running('bridge');
      await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c, address), 403, IN_USE);
      const phantom = (await bench().endpoints(c))[net];
      expect(phantom).toMatchObject({ EndpointID: '', IPAddress: '', IPAMConfig: { IPv4Address: address } });
      const { Id } = await bench().inspect(c);
      const message = `container ${Id} is not connected to network ${net}`;
      await bench().refused('POST', `/networks/${net}/disconnect`, { Container: c }, 500, message);
      await bench().ok('POST', `/containers/${c}/stop?t=0`);
      await bench().refused('POST', `/containers/${c}/start`, undefined, 403, bench().startRefusal(IN_USE));
      await bench().disconnect(net, c);
      await bench().ok('POST', `/containers/${c}/start`);
      expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
    });
  }

  it('leaves an endpoint on a parent that another driver uses until v28', async () => {
    // What Podman's failed connects leave is in the cases of phantoms.
    if (bench().onPodman) return;
    const [parent] = bench().target.nics;
    const mac = await bench().macvlan({ Subnet: '10.185.0.0/24', Gateway: '10.185.0.1' });
    const net = bench().name('ipv');
    const Config = [{ Subnet: '10.184.0.0/24', Gateway: '10.184.0.1' }];
    await bench().network({ Name: net, Driver: 'ipvlan', Options: { parent }, IPAM: { Config } });
    await bench().running(mac);
    const c = await bench().running('bridge');
    // A kernel without ipvlan refuses it at the same point.
    const busy = /failed to create the ipvlan port: (device or resource busy|operation not supported)$/;
    const body = bench().connectBody(c, '10.184.0.60');
    await bench().refused('POST', `/networks/${net}/connect`, body, 500, busy);
    const left = (await bench().endpoints(c))[net];
    if (isSince(bench().target.version, '29.7')) {
      expect(left).toBeUndefined();
      return;
    }
    expect(left).toMatchObject({ IPAddress: '10.184.0.60', Gateway: '' });
    expect(left?.EndpointID).toMatch(/^[0-9a-f]{64}$/);
    const { Id } = await bench().inspect(c);
    expect((await bench().json<{ Containers: object }>(`/networks/${net}`)).Containers).toEqual({});
    const message = `container ${Id} is not connected to network ${net}`;
    await bench().refused('POST', `/networks/${net}/disconnect`, { Container: c }, 500, message);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await bench().refused('POST', `/containers/${c}/start`, undefined, 500, busy);
    await bench().disconnect(net, c);
    await bench().ok('POST', `/containers/${c}/start`);
    expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
  });

  it('replaces a phantom by a good connect', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    await bench().refused(
      'POST',
      `/networks/${net}/connect`,
      bench().connectBody(c, '10.180.0.1'),
      403,
      IN_USE,
    );
    await bench().connect(net, c, '10.180.0.61');
    expect((await bench().endpoints(c))[net]).toMatchObject({
      IPAddress: '10.180.0.61',
      IPAMConfig: bench().pins({ IPv4Address: '10.180.0.61' }),
    });
    await bench().disconnect(net, c);
    expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
  });

  it('refuses an address outside the subnet; only 20.10 leaves a phantom of it', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    const [status, message] = outside('10.99.0.5')[bench().target.version] ?? [0, ''];
    await bench().refused(
      'POST',
      `/networks/${net}/connect`,
      bench().connectBody(c, '10.99.0.5'),
      status,
      message,
    );
    const left = Object.keys(await bench().endpoints(c)).sort();
    expect(left).toEqual(bench().target.version === '20.10' ? ['bridge', net] : ['bridge']);
  });

  it('refuses what is no address', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    const old = bench().target.version === '20.10';
    const newest = bench().target.version === '29.7';
    const later = newest ? 'invalid JSON: ParseAddr("nonsense"): unable to parse IP' : /nonsense/;
    const message = old ? 'Invalid IPv4 address: nonsense)' : later;
    const body = bench().connectBody(c, 'nonsense');
    await bench().refused(
      'POST',
      `/networks/${net}/connect`,
      body,
      old ? 500 : 400,
      message,
      'address_invalid',
    );
  });

  it('refuses pins on the default bridge and on networks without a subnet of their own', async () => {
    const c = await bench().running('none');
    await bench().disconnect('none', c);
    const lead = bench().target.version === '20.10' ? '' : 'invalid endpoint settings:\n';
    const predefined = isSince(bench().target.version, '29.7')
      ? 'user-specified IP address is supported on user-defined networks only'
      : 'user specified IP address is supported on user defined networks only';
    const automatic =
      'user specified IP address is supported only when connecting to networks with user configured subnets';
    await bench().refused(
      'POST',
      '/networks/bridge/connect',
      bench().connectBody(c, '172.17.0.50'),
      400,
      ['26.1', '28.5'].includes(bench().target.version)
        ? `${lead}* ${predefined}\n* ${automatic}`
        : `${lead}${predefined}`,
    );
    if (isSince(bench().target.version, '29.7')) return;
    const name = bench().name('auto');
    await bench().network({ Name: name, Driver: 'bridge' });
    await bench().refused(
      'POST',
      `/networks/${name}/connect`,
      bench().connectBody(c, '172.30.0.9'),
      400,
      `${lead}${automatic}`,
    );
  });

  it('says when a pool is exhausted', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/30', Gateway: '10.180.0.1' });
    await bench().running(net);
    const c = await bench().running('bridge');
    const { Id } = await bench().json<{ Id: string }>(`/networks/${net}`);
    const message = `no available IPv4 addresses on this network's address pools: ${net} (${Id})`;
    await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c), 500, message);
  });

  it('refuses a config-only network', async () => {
    const name = bench().name('cfg');
    await bench().network({ Name: name, ConfigOnly: true });
    const c = await bench().running('bridge');
    await bench().refused(
      'POST',
      `/networks/${name}/connect`,
      bench().connectBody(c),
      403,
      'cannot create endpoint on configuration-only network',
    );
  });

  it('knows what is not there', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('bridge');
    await bench().refused(
      'POST',
      '/networks/nope/connect',
      bench().connectBody(c),
      404,
      'network nope not found',
    );
    await bench().refused(
      'POST',
      `/networks/${net}/connect`,
      bench().connectBody('nope'),
      404,
      'No such container: nope',
    );
    await bench().refused(
      'POST',
      `/networks/${net}/disconnect`,
      { Container: 'nope' },
      404,
      'No such container: nope',
    );
    await bench().refused('GET', '/containers/nope/json', undefined, 404, 'No such container: nope');
  });
}
