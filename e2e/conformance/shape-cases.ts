import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { expectShape, type Shape } from './shape';
import { endpointShape, infoShape, inspectedShape, listedShape, networkShape } from './shapes';

interface Listed {
  Id: string;
  Names: string[];
  State: string;
  Status: string;
  NetworkSettings: { Networks: Record<string, object> };
}

const filters = (value: object): string => encodeURIComponent(JSON.stringify(value));

/** Fields that Trunkline reads, and their types, in every answer; then the ways to ask. */
export function shapeCases(bench: () => Bench, it: CaseOf): void {
  it('answers ping, version and info', async () => {
    const ping = await bench().call('GET', '/_ping');
    expect([ping.status, ping.text, ping.headers['api-version']]).toEqual([
      200,
      'OK',
      expect.stringMatching(/^1\.\d+$/),
    ]);
    expect((await bench().call('HEAD', '/_ping')).status).toBe(200);
    const version: Shape = {
      Version: 'string',
      ApiVersion: 'string',
      MinAPIVersion: 'string',
      Os: 'string',
      Arch: 'string',
      KernelVersion: 'string',
      Components: 'array',
      Platform: { Name: 'string' },
    };
    const told = await bench().json<{ Version: string; ApiVersion: string }>('/version');
    expectShape(told, version);
    expect(told.Version.startsWith(bench().target.version.replace('podman-', ''))).toBe(true);
    expectShape(await bench().json('/info'), infoShape);
  });

  it('speaks the API versions that it names, and no others', async () => {
    const { ApiVersion } = await bench().json<{ ApiVersion: string }>('/version');
    expectShape(await bench().json(`/v${ApiVersion}/info`), infoShape);
    await bench().refused(
      'GET',
      '/v1.99/info',
      undefined,
      400,
      `client version 1.99 is too new. Maximum supported API version is ${ApiVersion}`,
    );
    expect((await bench().call('GET', '/v1.11/info')).status).toBe(400);
    await bench().refused('GET', '/nosuchpage', undefined, 404, 'page not found');
  });

  it('lists and inspects a container with the fields that are read', async () => {
    const net = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running(
      net,
      { [net]: { IPAMConfig: { IPv4Address: '10.180.0.60' }, Aliases: ['web'] } },
      { Labels: { a: 'b' } },
    );
    const [entry] = await bench().json<Listed[]>(`/containers/json?filters=${filters({ name: [c] })}`);
    const { HostConfig, ...told } = listedShape;
    // Podman lists containers without it; the console asks for each then.
    expectShape(entry, bench().onPodman ? told : { ...told, HostConfig: HostConfig! });
    expect(entry).toMatchObject({
      Names: [`/${c}`],
      State: 'running',
      Labels: { a: 'b' },
      ...(!bench().onPodman && { HostConfig: { NetworkMode: net } }),
    });
    expect(entry?.Status).toMatch(/^Up /);
    const inspect = await bench().inspect(c);
    expectShape(inspect, inspectedShape);
    for (const each of [entry?.NetworkSettings.Networks[net], inspect.NetworkSettings.Networks[net]])
      expectShape(each, endpointShape);
    const aliases =
      bench().target.version === '20.10' || bench().onPodman ? ['web', inspect.Id.slice(0, 12)] : ['web'];
    expect(inspect.NetworkSettings.Networks[net]?.Aliases).toEqual(aliases);
  });

  it('lists stopped containers on request only, and finds them by filter, name and prefix', async () => {
    const c = await bench().container('bridge');
    const { Id } = await bench().inspect(c);
    const ids = async (query: string) =>
      (await bench().json<Listed[]>(`/containers/json?${query}`)).map((each) => each.Id);
    expect(await ids('')).not.toContain(Id);
    expect(await ids('all=1')).toContain(Id);
    expect(await ids(`filters=${filters({ status: ['created'] })}`)).toContain(Id);
    expect(await ids(`all=true&filters=${filters({ id: [Id] })}`)).toEqual([Id]);
    expect(await ids(`all=1&filters=${filters({ name: { [c]: true } })}`)).toEqual([Id]);
    expect(
      await ids(`all=1&filters=${filters({ network: [bench().onPodman ? 'podman' : 'bridge'], name: [c] })}`),
    ).toEqual([Id]);
    expect(await ids(`all=1&filters=${filters({ label: ['nosuchlabel'] })}`)).toEqual([]);
    expect((await bench().inspect(Id.slice(0, 20))).Name).toBe(`/${c}`);
    await bench().refused(
      'GET',
      `/containers/json?filters=${filters({ bogus: ['x'] })}`,
      undefined,
      400,
      /[Ii]nvalid filter 'bogus'/,
      /bogus is an invalid filter/,
    );
    await bench().refused(
      'GET',
      `/containers/json?filters=${filters({ status: ['bogus'] })}`,
      undefined,
      400,
      /[Ii]nvalid filter 'status=bogus'/,
      /bogus/,
    );
  });

  it('lists and inspects networks with the fields that are read', async () => {
    const net = await bench().macvlan(
      {
        Subnet: '10.180.0.0/24',
        Gateway: '10.180.0.1',
        IPRange: '10.180.0.128/25',
        AuxiliaryAddresses: { nas: '10.180.0.130' },
      },
      0,
      { Labels: { a: 'b' } },
    );
    const all = await bench().json<{ Name: string }[]>('/networks');
    for (const each of all) expectShape(each, networkShape);
    expect(all.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['bridge', 'host', 'none', net]));
    const inspect = await bench().json<{ Id: string }>(`/networks/${net}`);
    expectShape(inspect, { ...networkShape, Containers: 'object' });
    expect(inspect).toMatchObject({
      Name: net,
      Driver: 'macvlan',
      Scope: 'local',
      IPAM: {
        Config: [
          {
            Subnet: '10.180.0.0/24',
            Gateway: '10.180.0.1',
            IPRange: '10.180.0.128/25',
            AuxiliaryAddresses: { nas: '10.180.0.130' },
          },
        ],
      },
      Options: { parent: bench().target.nics[0] },
      Labels: { a: 'b' },
    });
    const ids = async (value: object) =>
      (await bench().json<{ Id: string }[]>(`/networks?filters=${filters(value)}`)).map(({ Id }) => Id);
    for (const value of [{ name: [net] }, { id: [inspect.Id] }, { label: ['a=b'], name: [net] }])
      expect(await ids(value)).toEqual([inspect.Id]);
    expect(await ids({ driver: ['macvlan'] })).toContain(inspect.Id);
    expect(await ids({ type: ['builtin'] })).not.toContain(inspect.Id);
    expect((await bench().json<{ Name: string }>(`/networks/${inspect.Id.slice(0, 20)}`)).Name).toBe(net);
    await bench().refused('GET', '/networks/nope', undefined, 404, 'network nope not found');
  });
}
