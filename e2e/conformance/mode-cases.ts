import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { isSince } from './target';

const NET = { Subnet: '10.180.0.0/24', Gateway: '10.180.0.1' };
const SHARED =
  'container sharing network namespace with another container or host cannot be connected to any other network';
const NONE =
  'container cannot be connected to multiple networks with one of the networks in private (none) mode';
const HOST = 'container cannot be disconnected from host network or connected to host network';
const TO_HOST = 'cannot connect container to host network - container must be created in host network mode';
const FROM_HOST =
  'cannot disconnect container from host network - container was created in host network mode';

/** Host, none and shared namespaces. */
export function modeCases(bench: () => Bench, it: CaseOf): void {
  const since28 = () => isSince(bench().target.version, '28.5');

  it('shows host mode with an entry that has no address, and keeps it alone', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('host');
    const { host, ...others } = await bench().endpoints(c);
    expect(others).toEqual({});
    expect(host).toMatchObject({ IPAddress: '', MacAddress: '', IPPrefixLen: 0 });
    expect(host?.EndpointID).toMatch(/^[0-9a-f]{64}$/);
    await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c), 400, SHARED);
    await bench().refused(
      'POST',
      '/networks/host/disconnect',
      { Container: c },
      400,
      since28() ? FROM_HOST : HOST,
    );
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c), 400, SHARED);
  });

  it('connects nobody to the host network or to none', async () => {
    const c = await bench().running('bridge');
    await bench().refused(
      'POST',
      '/networks/host/connect',
      bench().connectBody(c),
      400,
      since28() ? TO_HOST : HOST,
    );
    await bench().refused('POST', '/networks/none/connect', bench().connectBody(c), 400, NONE);
  });

  it('keeps none alone until it is disconnected; then a live connect works', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running('none');
    expect(Object.keys(await bench().endpoints(c))).toEqual(['none']);
    await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c), 400, NONE);
    await bench().disconnect('none', c);
    expect(await bench().endpoints(c)).toEqual({});
    await bench().connect(net, c, '10.180.0.70');
    expect((await bench().endpoints(c))[net]?.IPAddress).toBe('10.180.0.70');
  });

  it('shows a shared namespace without networks and without a sandbox', async () => {
    const net = await bench().macvlan(NET);
    const owner = await bench().running('bridge');
    const c = await bench().running(`container:${owner}`);
    const { NetworkSettings, HostConfig } = await bench().inspect(c);
    const { Id } = await bench().inspect(owner);
    expect(HostConfig.NetworkMode).toBe(`container:${Id}`);
    expect(NetworkSettings).toMatchObject({ Networks: {}, SandboxKey: '' });
    await bench().refused('POST', `/networks/${net}/connect`, bench().connectBody(c), 400, SHARED);
  });

  it('slips an entry into a stopped sharer, which then never starts again on 29', async () => {
    const net = await bench().macvlan(NET);
    const owner = await bench().running('bridge');
    const c = await bench().container(`container:${owner}`);
    await bench().connect(net, c);
    expect(Object.keys(await bench().endpoints(c))).toEqual([net]);
    if (since28()) {
      const message = bench().startRefusal(SHARED);
      await bench().refused('POST', `/containers/${c}/start`, undefined, 400, message);
    } else {
      await bench().ok('POST', `/containers/${c}/start`);
      await bench().ok('POST', `/containers/${c}/stop?t=0`);
    }
    await bench().disconnect(net, c);
    await bench().ok('POST', `/containers/${c}/start`);
  });

  it('joins only containers that run', async () => {
    const owner = await bench().container('bridge');
    const { Id } = await bench().inspect(owner);
    const c = await bench().container(`container:${owner}`);
    await bench().refused(
      'POST',
      `/containers/${c}/start`,
      undefined,
      409,
      since28()
        ? `cannot join network namespace of a non running container: container ${owner} is created`
        : new RegExp(`cannot join network of a non running container: ${Id}`),
    );
  });

  it('takes several networks at create since 26, one before', async () => {
    const a = await bench().macvlan(NET);
    const b = await bench().macvlan({ Subnet: '10.181.0.0/24' }, 1);
    const body = await bench().createBody(a, { [a]: {}, [b]: {} });
    if (bench().target.version === '20.10') {
      const message = /^Container cannot be connected to network endpoints: /;
      await bench().refused('POST', '/containers/create', body, 400, message);
      return;
    }
    const c = await bench().running(a, { [a]: {}, [b]: {} });
    expect(Object.keys(await bench().endpoints(c)).sort()).toEqual([a, b].sort());
  });

  it('puts two networks on two interfaces, both shown by inspect of the networks', async () => {
    const a = await bench().macvlan(NET);
    const b = await bench().macvlan({ Subnet: '10.181.0.0/24' }, 1);
    const c = await bench().running(a);
    await bench().connect(b, c, '10.181.0.9');
    const { Id } = await bench().inspect(c);
    const { Containers } = await bench().json<{ Containers: Record<string, object> }>(`/networks/${b}`);
    expect(Containers[Id]).toMatchObject({ Name: c, IPv4Address: '10.181.0.9/24', IPv6Address: '' });
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    const after = await bench().json<{ Containers: Record<string, object> }>(`/networks/${b}`);
    expect(after.Containers).toEqual({});
  });

  it('runs both families side by side, a pinned IPv6 address included', async () => {
    const name = bench().name('dual');
    const Config = [{ Subnet: '10.180.0.0/24' }, { Subnet: 'fd00:180::/64', Gateway: 'fd00:180::1' }];
    const Options = { parent: bench().target.nics[0] };
    await bench().network({ Name: name, Driver: 'macvlan', EnableIPv6: true, Options, IPAM: { Config } });
    const c = await bench().running('bridge');
    const IPAMConfig = { IPv4Address: '10.180.0.60', IPv6Address: 'fd00:180::60' };
    const body = { Container: c, EndpointConfig: { IPAMConfig } };
    await bench().ok('POST', `/networks/${name}/connect`, body);
    expect((await bench().endpoints(c))[name]).toMatchObject({
      IPAMConfig: bench().pins(IPAMConfig),
      IPAddress: '10.180.0.60',
      GlobalIPv6Address: 'fd00:180::60',
      GlobalIPv6PrefixLen: 64,
      IPv6Gateway: 'fd00:180::1',
    });
    const { Id } = await bench().inspect(c);
    const { Containers } = await bench().json<{ Containers: Record<string, object> }>(`/networks/${name}`);
    expect(Containers[Id]).toMatchObject({ IPv4Address: '10.180.0.60/24', IPv6Address: 'fd00:180::60/64' });
    const other = await bench().running('bridge');
    const half = { IPv4Address: '10.180.0.61', IPv6Address: 'fd00:180::60' };
    const taken = { Container: other, EndpointConfig: { IPAMConfig: half } };
    await bench().refused('POST', `/networks/${name}/connect`, taken, 403, 'Address already in use');
    if (bench().target.version !== '20.10') return;
    // The half that was free is lost: the engine took it first and does not give it back.
    const again = bench().connectBody(other, '10.180.0.61');
    await bench().refused('POST', `/networks/${name}/connect`, again, 403, 'Address already in use');
  });
}
