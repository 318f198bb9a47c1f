import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRecord, ChangeRequest, NetworkSpec } from '../../shared/model';
import { startLab, until, type Lab, type LabHost } from '../lab';
import { startConsole, type TestConsole } from './console';
import { rawAttachments, rawNetwork } from './raw-compare';
import { create, lan, networks } from './undo-equal.helpers';
import { replacedByHand } from './undo-replaced.helpers';

/** Undo says “undone” only where the engine is as it was before: on each generation that the lab has. */
let lab: Lab;
let console_: TestConsole;
beforeAll(async () => {
  lab = await startLab({ hosts: [{ engine: 'docker' }, { engine: 'docker-26.1' }, { engine: 'docker-28' }] });
  // Three engines' packages are unpacked where that has not been done yet.
}, 400_000);
afterAll(() => lab.down());
beforeEach(async () => {
  await Promise.all(lab.hosts.map((host) => host.clean()));
  console_ = await startConsole(lab.hosts);
});
afterEach(() => console_.end());

const hosts = [
  ['20.10', () => lab.hosts[0] as LabHost],
  ['26.1', () => lab.hosts[1] as LabHost],
  ['28.5', () => lab.hosts[2] as LabHost],
] as const;
const MAC = '02:aa:bb:cc:dd:01';

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
  /** What only the newer engine knows. */
  const newer = { GwPriority: 7, DriverOpts: { 'com.docker.network.endpoint.ifname': 'lan0' } };
  beforeEach(async () => {
    const host = on();
    await create(host, { ...lan(host), EnableIPv6: true });
    await host.docker('run', '-d', '--name', 'db', '--network', 'lan', lab.image, 'sleep', '3600');
    const endpoint = {
      IPAMConfig: { IPv4Address: '10.70.1.20', IPv6Address: 'fd00:70::20', LinkLocalIPs: ['169.254.9.9'] },
      ...{ Aliases: ['shop'], Links: ['db:store'] },
      ...(version === '28.5' ? newer : {}),
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
    (await console_.notices(request))
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
              ...(version === '28.5' ? newer : {}),
              ...(old ? { MacAddress: MAC } : {}),
            },
          },
        });
      const { state, exceptions = [] } = await console_.value('change.undo', { id: record.id });
      expect(state).toBe('undone');
      const after = await rawAttachments(on(), 'web');
      // 26.1 and 28.5 can’t set a MAC when connecting: that alone is lost, was said before, and is told.
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
    if (version !== '28.5') expect(await problems(six)).toEqual(['ipv6_only']);
    else {
      expect(await make(six)).toBe('applied');
      expect(await rawNetwork(on(), 'p6')).toMatchObject({ EnableIPv4: false, EnableIPv6: true });
      expect((await console_.network(on(), 'p6')).ipv4).toBe(false);
    }
  });
});

describe.each(hosts)('the default route on a real %s', (version, on) => {
  const six = { Subnet: 'fd00:90::/64', Gateway: 'fd00:90::1' };
  const bridge = (name: string, dual: boolean) => ({
    ...{ Name: name, Driver: 'bridge', EnableIPv6: dual },
    IPAM: { Config: [{ Subnet: '10.90.1.0/24', Gateway: '10.90.1.1' }, ...(dual ? [six] : [])] },
  });
  const aa = () => ({
    ...{ Name: 'aa', Driver: 'macvlan', Options: { parent: on().nic } },
    IPAM: { Config: [{ Subnet: '10.70.1.0/24', Gateway: '10.70.1.1' }] },
  });
  const routes = async () => {
    const via = async (family: '-4' | '-6') => {
      const [, gateway] =
        /default via (\S+)/.exec(await on().docker('exec', 'web', 'ip', family, 'route', 'show')) ?? [];
      return { '10.90.1.1': 'zz', 'fd00:90::1': 'zz', '10.70.1.1': 'aa' }[gateway ?? ''] ?? '';
    };
    return { ipv4: await via('-4'), ipv6: await via('-6') };
  };
  /** Attaches to the other network, and holds what the preview says against the container's own routes. */
  async function attach(bodies: object[], first: string, second: string, gatewayPriority?: number) {
    for (const body of bodies) expect(await create(on(), body)).toMatchObject({ status: 201 });
    await on().docker('run', '-d', '--name', 'web', '--network', first, lab.image, 'sleep', '3600');
    const { id: containerId, engineId } = await console_.container(
      on(),
      'web',
      (each) => (each.endpoints[0]?.ipv4 ?? '') !== '',
    );
    const { id: networkId } = await console_.network(on(), second);
    const ipv4 = second === 'aa' ? '10.70.1.20' : '10.90.1.20';
    const priority = gatewayPriority === undefined ? {} : { gatewayPriority };
    const request = { kind: 'attach', engineId, containerId, networkId, ipv4, ...priority } as const;
    const before = await routes();
    const notices = await console_.notices(request);
    const told = notices.filter(({ code }) => code.startsWith('route_')).map(({ params }) => params);
    await applied(request);
    return { before, told, after: await routes() };
  }

  it('stays on the network of both families, whatever the names', async () => {
    const both = { ipv4: 'zz', ipv6: 'zz' };
    expect(await attach([bridge('zz', true), aa()], 'zz', 'aa')).toEqual({
      ...{ before: both, told: [], after: both },
    });
  });
  it('goes to one of both families that comes', async () => {
    const { before, told, after } = await attach([bridge('zz', true), aa()], 'aa', 'zz');
    expect({ before, after }).toEqual({
      before: { ipv4: 'aa', ipv6: '' },
      after: { ipv4: 'zz', ipv6: 'zz' },
    });
    expect(told).toEqual([
      { context: 'ipv4', from: 'aa', to: 'zz' },
      { context: 'gained6', to: 'zz' },
    ]);
  });
  it('goes to the first name among equals', async () => {
    const { before, told, after } = await attach([bridge('zz', false), aa()], 'zz', 'aa');
    expect([before.ipv4, told, after.ipv4]).toEqual(['zz', [{ from: 'zz', to: 'aa' }], 'aa']);
  });
  // What an engine does not have is no test that it skips.
  if (version === '28.5')
    it('goes by the priority among equals, and stays on both families', async () => {
      const low = await attach([bridge('zz', false), aa()], 'zz', 'aa', -10);
      expect([low.before.ipv4, low.told, low.after.ipv4]).toEqual(['zz', [], 'zz']);
      await on().clean();
      await console_.end();
      console_ = await startConsole(lab.hosts);
      const high = await attach([bridge('zz', true), aa()], 'zz', 'aa', 1000);
      expect([high.before, high.told, high.after]).toEqual([high.before, [], { ipv4: 'zz', ipv6: 'zz' }]);
    });
});

describe.each(hosts)('a swarm on a real %s', (_version, on) => {
  beforeEach(() => on().docker('swarm', 'init', '--advertise-addr', on().address));
  afterEach(async () => {
    const containers = (await on().docker('ps', '-aq')).split(/\s+/).filter(Boolean);
    if (containers.length > 0) await on().docker('rm', '-f', ...containers);
    await on().docker('swarm', 'leave', '--force');
  });

  it('has its macvlan network shown with the parent and subnets of its settings, audit after audit', async () => {
    const IPAM = { Config: [{ Subnet: '10.70.1.0/24', Gateway: '10.70.1.1', IPRange: '10.70.1.64/27' }] };
    await create(on(), { Name: 'settings', ConfigOnly: true, Options: { parent: on().nic }, IPAM });
    const scoped = {
      Driver: 'macvlan',
      Scope: 'swarm',
      Attachable: true,
      ConfigFrom: { Network: 'settings' },
    };
    expect(await create(on(), { Name: 'everywhere', ...scoped })).toMatchObject({ status: 201 });
    const whole = {
      ...{ kind: 'macvlan', scope: 'swarm', parent: on().nic, configFrom: 'settings' },
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.64/27' }],
    };
    // Until something there is on it, the engine itself knows neither.
    await on().docker('run', '-d', '--name', 'web', '--network', 'everywhere', lab.image, 'sleep', '3600');
    await until('the network whole', async () => {
      await console_.value('inventory.refresh', { engineId: console_.engineId(on()) });
      return (await console_.network(on(), 'everywhere')).parent;
    });
    // Each asks for the lists again, as an audit does.
    for (let time = 0; time < 2; time++) {
      await console_.value('inventory.refresh', { engineId: console_.engineId(on()) });
      expect(await console_.network(on(), 'everywhere')).toMatchObject(whole);
    }
  });

  it('honours a pin on an attachable overlay, and its automatic address is shown as no pin', async () => {
    const IPAM = { Config: [{ Subnet: '10.92.0.0/24' }] };
    const made = await create(on(), { Name: 'over', Driver: 'overlay', Attachable: true, IPAM });
    expect(made).toMatchObject({ status: 201 });
    const run = (name: string, network: string) =>
      on().docker('run', '-d', '--name', name, '--network', network, lab.image, 'sleep', '3600');
    await Promise.all([run('auto', 'over'), run('web', 'bridge')]);
    const auto = await console_.container(on(), 'auto', (each) => (each.endpoints[0]?.ipv4 ?? '') !== '');
    const web = await console_.container(on(), 'web');
    const { id: networkId, engineId } = await console_.network(on(), 'over');
    const { used } = await console_.value('address.plan', { engineId, networkId });
    expect(used.filter(({ owner }) => owner === 'auto')).toMatchObject([
      { kind: 'automatic', address: auto.endpoints[0]?.ipv4 },
    ]);
    const about = { engineId, containerId: web.id, networkId };
    const request = { kind: 'attach', ...about, ipv4: '10.92.0.77' } as const;
    expect((await console_.notices(request)).map(({ code }) => code)).not.toContain('pin_ignored_by_swarm');
    expect(await applied(request)).toMatchObject({
      ...{ state: 'applied', hosts: [{ ipv4: '10.92.0.77' }] },
    });
  });
});

describe.each(hosts)('a network made anew under its name on a real %s', (_version, on) => {
  it('by another hand is neither removed nor left by an undo, and by an undo of ours it is', () =>
    replacedByHand({ host: on(), console_, image: lab.image }));

  it('is not what a container goes back to when it lies on another LAN', async () => {
    const host = on();
    await create(host, lan(host));
    await host.docker('run', '-d', '--name', 'web', '--network', 'lan', lab.image, 'sleep', '3600');
    const web = await console_.container(host, 'web', (each) => each.endpoints.length === 1);
    const { id: networkId, engineId } = await console_.network(host, 'lan');
    const { id } = await applied({ kind: 'detach', engineId, containerId: web.id, networkId });
    const anew = async (body: object) => {
      await host.docker('network', 'rm', 'lan');
      const made = (await create(host, body)).body as { Id: string };
      await until('the new network to be shown', async () => {
        const { networks: shown } = await console_.snapshot();
        return shown.some((one) => one.id === made.Id) && shown.every((one) => one.id !== networkId);
      });
    };
    await anew({ ...lan(host), Options: { parent: host.nics[1]?.name } });
    const refused = { code: 'change_not_undoable', params: { context: 'network_changed' } };
    expect(await console_.run('change.undo', { id })).toMatchObject({ ok: false, error: refused });
    expect(await rawAttachments(host, 'web')).toMatchObject({ networks: {} });
    await anew(lan(host));
    const { state, exceptions } = await console_.value('change.undo', { id });
    expect([state, exceptions?.at(-1)?.field]).toEqual(['undone', 'NetworkID']);
  });
});
