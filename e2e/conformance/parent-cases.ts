import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { isSince } from './target';

const SUBNET = '10.186.0.0/24';
const GATEWAY = '10.186.0.1';
const FULL_ID = /^[0-9a-f]{64}$/;

/** A parent that goes, goes down, or becomes a bridge's port while networks are on it (docs/engine-facts.md §2). */
export function parentCases(bench: () => Bench, it: CaseOf): void {
  const textOf = (state: 'port' | 'gone'): string =>
    state === 'port'
      ? 'failed to create the macvlan port: device or resource busy'
      : `the requested parent interface ${bench().target.spare.name} was not found on the Docker host`;
  const bodyOf = (ipam: object) => ({
    Name: bench().name('mv'),
    Driver: 'macvlan',
    Options: { parent: bench().target.spare.name },
    IPAM: { Config: [ipam] },
  });
  const network = async (): Promise<string> => {
    const body = bodyOf({ Subnet: SUBNET, Gateway: GATEWAY });
    await bench().network(body);
    return body.Name;
  };
  const members = async (net: string): Promise<object> =>
    (await bench().json<{ Containers: object }>(`/networks/${net}`)).Containers;
  const refusedStart = (c: string, text: string): Promise<void> =>
    bench().refused('POST', `/containers/${c}/start`, undefined, 500, bench().startRefusal(text));

  for (const state of ['port', 'gone'] as const) {
    const what = state === 'port' ? 'that is a bridge’s port' : 'that is gone';

    it(`leaves an endpoint on a parent ${what} until v28`, async () => {
      // What Podman's failed connects leave is in the cases of phantoms.
      if (bench().onPodman) return;
      await bench().spare('up');
      const net = await network();
      const c = await bench().running('bridge');
      const { Id } = await bench().inspect(c);
      await bench().spare(state);
      // The second takes the first one's place, its address included.
      for (const address of ['10.186.0.60', '10.186.0.61']) {
        const body = bench().connectBody(c, address);
        await bench().refused('POST', `/networks/${net}/connect`, body, 500, textOf(state));
        const left = (await bench().endpoints(c))[net];
        if (isSince(bench().target.version, '29.7')) expect(left).toBeUndefined();
        else {
          expect(left).toMatchObject({
            ...{ IPAddress: address, IPPrefixLen: 24, Gateway: '', IPAMConfig: { IPv4Address: address } },
            ...{ EndpointID: expect.stringMatching(FULL_ID) as string },
          });
          expect(left?.MacAddress).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
        }
      }
      expect(await members(net)).toEqual({});
      const message = `container ${Id} is not connected to network ${net}`;
      await bench().refused('POST', `/networks/${net}/disconnect`, { Container: c }, 500, message);
      await bench().ok('POST', `/containers/${c}/stop?t=0`);
      if (!isSince(bench().target.version, '29.7')) {
        await refusedStart(c, textOf(state));
        expect((await bench().endpoints(c))[net]).toMatchObject({ EndpointID: '', IPAddress: '' });
        await bench().disconnect(net, c);
      }
      await bench().ok('POST', `/containers/${c}/start`);
      expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
      await bench().spare('up');
      await bench().connect(net, c, '10.186.0.60');
      expect((await bench().endpoints(c))[net]).toMatchObject({ IPAddress: '10.186.0.60', Gateway: GATEWAY });
    });

    it(`starts nobody on a parent ${what}, and says why`, async () => {
      if (bench().onPodman) return;
      await bench().spare('up');
      const net = await network();
      const c = await bench().container(net, { [net]: { IPAMConfig: { IPv4Address: '10.186.0.70' } } });
      await bench().spare(state);
      await refusedStart(c, textOf(state));
      const { State } = await bench().inspect(c);
      const Error = bench().startRefusal(textOf(state));
      expect(State).toMatchObject({ Status: 'created', Running: false, Error });
      // What a start of 29.7 leaves has only been read in its source.
      if (isSince(bench().target.version, '29.7')) return;
      expect((await bench().endpoints(c))[net]).toMatchObject({
        ...{ EndpointID: '', IPAddress: '', IPAMConfig: { IPv4Address: '10.186.0.70' } },
      });
      await bench().spare('up');
      await bench().ok('POST', `/containers/${c}/start`);
      expect((await bench().endpoints(c))[net]?.IPAddress).toBe('10.186.0.70');
    });
  }

  it('makes a network on a bridge’s port, and none on a parent that is gone', async () => {
    if (bench().onPodman) return;
    const { name } = bench().target.spare;
    await bench().spare('port');
    await network();
    await bench().spare('gone');
    const message = isSince(bench().target.version, '28.5')
      ? `invalid subinterface vlan name ${name}, example formatting is eth0.10`
      : /^network dm-[0-9a-f]{12} is already using parent interface /;
    await bench().refused('POST', '/networks/create', bodyOf({ Subnet: '10.187.0.0/24' }), 500, message);
  });

  it('shows those on a parent that went as before, lets them go, and not come back', async () => {
    if (bench().onPodman) return;
    await bench().spare('up');
    const net = await network();
    const c = await bench().running('bridge');
    await bench().connect(net, c, '10.186.0.60');
    const { Id } = await bench().inspect(c);
    const before = [await bench().endpoints(c), await members(net)];
    await bench().spare('gone');
    expect([await bench().endpoints(c), await members(net)]).toEqual(before);
    expect(Object.keys(await members(net))).toEqual([Id]);
    await bench().disconnect(net, c);
    expect(Object.keys(await bench().endpoints(c))).toEqual(['bridge']);
    const body = bench().connectBody(c, '10.186.0.60');
    await bench().refused('POST', `/networks/${net}/connect`, body, 500, textOf('gone'));
  });

  it('connects and starts on a parent that is down', async () => {
    if (bench().onPodman) return;
    await bench().spare('up');
    const net = await network();
    const c = await bench().running('bridge');
    await bench().spare('down');
    await bench().connect(net, c, '10.186.0.60');
    const there = { IPAddress: '10.186.0.60', Gateway: GATEWAY };
    expect((await bench().endpoints(c))[net]).toMatchObject(there);
    await bench().ok('POST', `/containers/${c}/restart?t=0`);
    expect((await bench().endpoints(c))[net]).toMatchObject(there);
    expect(Object.keys(await members(net))).toHaveLength(1);
  });
}
