import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkSpec, Step } from '../../model';
import { contains, formatCidr, parseIp } from '../basics/cidr';
import { heldTwice, lanEngines, lanSpans, lastConnects, newPins, takenProblem } from './lan-claims';
import { sameLan } from '../lans/lan';
import { bridge, container, endpoint, engine, idle, network, twoHosts } from '../testing';

const { here, there, engines, networks } = twoHosts();
const names = (last = 'web', on = here) => ({
  ...{ containerId: `e1-${last}`, containerName: last },
  ...{ networkId: on.id, networkName: on.name },
});
const connect = (ipv4?: string, last = 'web', ipv6?: string): Step => ({
  op: 'connect',
  ...names(last),
  endpoint: { ...(ipv4 ? { ipv4 } : {}), ...(ipv6 ? { ipv6 } : {}) },
});
const disconnect = (last = 'web'): Step => ({ op: 'disconnect', ...names(last) });
const spec: NetworkSpec = {
  ...{ name: 'made', driver: 'macvlan', parent: 'eth1', mode: 'bridge', subnet: '10.70.0.0/16' },
  ...{ subnet6: 'fd00:70::/64', exclusions: [], internal: false },
};
const create: Step = { op: 'create-network', networkName: 'made', spec };
const far = (over = {}, on = there) =>
  container({ name: 'far', engineId: on.engineId, endpoints: [endpoint(on, over)] });

describe('new pins', () => {
  it('are those that their container does not have yet, in use or fixed', () => {
    const web = (over = {}) => container({ name: 'web', endpoints: [endpoint(here, over)] });
    const pins = (containers: ReturnType<typeof web>[], ...steps: Step[]) =>
      newPins([{ engineId: 'e1', steps }], { engines, networks, containers });
    const both = connect('10.70.1.9', 'web', 'fd00::9');
    expect(pins([], both, connect(), disconnect())).toEqual([
      { network: here, addresses: ['10.70.1.9', 'fd00::9'] },
    ]);
    expect(pins([web({ ipv4: '10.70.1.9' })], both)).toMatchObject([{ addresses: ['fd00::9'] }]);
    expect(pins([web({ ipv4: '', pinned4: '10.70.1.9', pinned6: 'fd00::9' })], both)).toEqual([]);
  });
});

describe('the LANs of steps', () => {
  const spans = (...steps: Step[]) => lanSpans([{ engineId: 'e1', steps }], { networks }).map(formatCidr);
  it('are the subnets of networks that are left, joined, made or removed, and of no bridge', () => {
    expect(spans(connect())).toEqual(['10.70.1.0/24']);
    expect(spans(disconnect(), connect('10.70.1.9'))).toEqual(['10.70.1.0/24']);
    expect(spans({ op: 'remove-network', networkId: here.id, networkName: here.name })).toEqual([
      '10.70.1.0/24',
    ]);
    expect(spans(create)).toEqual(['10.70.0.0/16', 'fd00:70::/64']);
    expect(spans({ ...connect(), networkId: 'anew' } as Step)).toEqual(['10.70.1.0/24']);
    const step: Step = { op: 'disconnect', ...names('web', bridge()) };
    expect(lanSpans([{ engineId: 'e1', steps: [step] }], { networks: [bridge()] })).toEqual([]);
  });
  it('reach to every engine with a network there', () => {
    const other = network({ engineId: 'e3', subnet: { subnet: '10.99.0.0/24' } });
    const among = { networks: [...networks, other] };
    expect(lanEngines([{ engineId: 'e1', steps: [connect()] }], among)).toEqual(['e1', 'e2']);
  });
  it('reach to an engine whose network is not known: it may have been made just now', () => {
    const job = { engineId: 'e1', steps: [connect(), create] };
    expect(lanEngines([job], { networks: [] })).toEqual(['e1']);
    expect(lanEngines([{ ...job, steps: [create] }], { networks: [] })).toEqual([]);
  });
  it('of two networks that share an address overlap, whatever else they are', () => {
    const prefix = fc.integer({ min: 20, max: 28 });
    const made = (engineId: string, bits: number) =>
      network({ engineId, subnet: { subnet: `10.70.1.0/${String(bits)}`, gateway: undefined } });
    fc.assert(
      fc.property(prefix, prefix, fc.integer({ min: 1, max: 14 }), (a, b, last) => {
        const [one, two] = [made('e1', a), made('e2', b)];
        const ip = parseIp(`10.70.1.${String(last)}`)!;
        const of = (net: typeof one) => {
          const step: Step = { op: 'connect', ...names('web', net), endpoint: {} };
          return lanSpans([{ engineId: net.engineId, steps: [step] }], { networks: [one, two] });
        };
        expect(sameLan(one, two)).toBe(true);
        expect([...of(one), ...of(two)].every((span) => contains(span, ip))).toBe(true);
      }),
    );
  });
});

describe('an address that is given back', () => {
  const taken = (steps: Step[], containers = [far()], more = {}) =>
    takenProblem([{ engineId: 'e1', steps }], { engines, networks, containers, ...more });
  it('is refused while somebody else of the LAN has it, running or not, on any host', () => {
    const steps = [connect('10.70.1.60')];
    expect(taken(steps, [far({ ipv4: '10.70.1.60' })])).toMatchObject({
      code: 'address_in_use_elsewhere',
      engineId: 'e1',
      params: { address: '10.70.1.60', container: 'far', host: 'host-e2' },
    });
    const stopped = container({
      name: 'off',
      engineId: 'e2',
      endpoints: [idle(there, { pinned4: '10.70.1.60' })],
    });
    expect(taken(steps, [stopped])).toMatchObject({ params: { context: 'pinned' } });
    const near = container({ name: 'near', endpoints: [endpoint(here, { ipv4: '10.70.1.60' })] });
    expect(taken(steps, [near])?.code).toBe('address_in_use');
    expect(taken([connect(undefined, 'web', 'FD00:70:0::9')], [far({ ipv6: 'fd00:70::9' })])?.code).toBe(
      'address_in_use_elsewhere',
    );
    expect(taken([connect('10.70.1.1')])?.code).toBe('address_is_gateway');
  });
  it('is not refused for its own container, for one that these steps take off, or on another VLAN', () => {
    const own = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.60' })] });
    expect(taken([disconnect(), connect('10.70.1.60')], [own])).toBeNull();
    const near = container({ name: 'near', endpoints: [endpoint(here, { ipv4: '10.70.1.60' })] });
    expect(taken([disconnect('near'), connect('10.70.1.60')], [near])).toBeNull();
    const tagged = network({ engineId: 'e2', parent: 'eth1.20', name: 'tagged' });
    const other = { networks: [network({ parent: 'eth1.10' }), tagged] };
    expect(taken([connect('10.70.1.60')], [far({ ipv4: '10.70.1.60' }, tagged)], other)).toBeNull();
  });
  it('is refused to a host while the shim of another one has it, though both networks have one name', () => {
    const about = { networkId: here.id, networkName: here.name };
    const put: Step = {
      ...{ op: 'put-shim', ...about },
      shim: { name: 'tl-lan', parent: 'eth1', address: '10.70.1.250', routes: [] },
    };
    const shim = { networkName: here.name, address: '10.70.1.250', since: 1 };
    const kept = (engineId: string, networkId: string) => ({ shims: [{ ...shim, engineId, networkId }] });
    expect(here.name).toBe(there.name);
    expect(taken([put], [], kept('e2', there.id))?.code).toBe('address_reserved');
    expect(taken([put], [], kept('e1', here.id))).toBeNull();
  });
  it('is checked on a network that the same steps make, and not against one that they remove', () => {
    const on: Step = { ...connect('10.70.1.60'), networkId: 'planned:made', networkName: 'made' } as Step;
    expect(taken([create, on], [far({ ipv4: '10.70.1.60' })])?.code).toBe('address_in_use_elsewhere');
    const remove: Step = { op: 'remove-network', networkId: here.id, networkName: here.name };
    const alone = { networks: [here] };
    const first: Step = { ...connect('10.70.1.1'), networkId: 'planned:made', networkName: 'made' } as Step;
    expect(taken([remove, create, first], [], alone)).toBeNull();
  });
});

describe('an address that was just given', () => {
  const mine = container({ endpoints: [endpoint(here, { ipv4: '10.70.1.60', pinned4: '10.70.1.60' })] });
  const twice = (other: ReturnType<typeof far>, known = engines) =>
    heldTwice(mine, here, { engines: known, networks, containers: [mine, other] });
  it('is held twice where another one of the LAN has it, on an engine that answers', () => {
    expect(twice(far({ ipv4: '10.70.1.60' }))).toMatchObject([
      { address: '10.70.1.60', pinned: true, other: { container: { name: 'far' } } },
    ]);
    expect(twice(far({ ipv4: '10.70.1.61' }))).toEqual([]);
    const offline = [engine({ id: 'e1' }), engine({ id: 'e2', state: 'offline' })];
    expect(twice(far({ ipv4: '10.70.1.60' }), offline)).toEqual([]);
  });
  it('counts for the attachments that are left at the end', () => {
    expect(lastConnects([connect('10.70.1.60'), disconnect()])).toEqual([]);
    expect(lastConnects([disconnect(), connect('10.70.1.60')])).toHaveLength(1);
  });
});
