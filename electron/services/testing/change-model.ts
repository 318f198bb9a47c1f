import fc from 'fast-check';
import type {
  Capabilities,
  Container,
  Endpoint,
  EngineRequest,
  Network,
  NetworkSpec,
} from '../../../shared/model';
import { formatCidr, formatIp, isLeftover, parseCidr, parseIp, specOf } from '../../../shared/rules';
import { MANAGED_LABEL } from '../../docker';
import { capabilities, container, endpoint, FakeEngine, network } from './fake-engine';

/** Requests at random, for an engine that is small enough for them to meet, and what each of them has to come to. */

const v4 = (n: number) => `10.70.${String(n)}.0/24`;
const v6 = (n: number) => `fd00:70:${String(n)}::/64`;
const dual = network('n1', 'net1', {
  ipv6: true,
  subnets: [
    { subnet: v4(1), gateway: '10.70.1.1', ipRange: '10.70.1.64/27', exclusions: { router2: '10.70.1.2' } },
    { subnet: v6(1), gateway: 'fd00:70:1::1', exclusions: {} },
  ],
});
const plain = network('n2', 'net2', { parent: 'eth2', subnets: [{ subnet: v4(2), exclusions: {} }] });
/** Of another driver: made again by its form alone. */
const apps = network('n3', 'apps', {
  ...{ driver: 'bridge', kind: 'bridge', parent: undefined, mode: undefined, options: {} },
  subnets: [{ subnet: v4(3), gateway: '10.70.3.1', exclusions: {} }],
});
const names = ['c1', 'c2', 'c3'];
const pinned = (on: Network, last: number) => ({
  ipv4: `10.70.1.${String(last)}`,
  pinned4: `10.70.1.${String(last)}`,
  on,
});

/** Two containers that run and one that does not; three networks. */
export function modelEngine(can: Partial<Capabilities>): FakeEngine {
  const { on, ...first } = pinned(dual, 10);
  const engine = new FakeEngine().add(
    ...[dual, plain, apps],
    container('c1', 'c1', {
      endpoints: [endpoint(on, { ...first, ipv6: 'fd00:70:1::10', pinned6: 'FD00:70:1:0::10' })],
    }),
    container('c2', 'c2', { endpoints: [endpoint(on, { ipv4: '10.70.1.64', ipv6: 'fd00:70:1::2' })] }),
    container('c3', 'c3', {
      state: 'exited',
      endpoints: [
        endpoint(plain, { endpointId: '', mac: '', prefix: 0, pinned4: '10.70.2.20', aliases: ['www'] }),
      ],
    }),
  );
  engine.can = { ...capabilities, ...can };
  return engine;
}

const made = (n: number, more: Partial<NetworkSpec> = {}): NetworkSpec => ({
  ...{ name: `made${String(n)}`, driver: 'macvlan', parent: `eth${String(n)}`, mode: 'bridge' },
  ...{ subnet: v4(n), exclusions: [], internal: false },
  ...more,
});
const specs: NetworkSpec[] = [
  made(9),
  made(8, {
    ...{ gateway: '10.70.8.1', ipRange: '10.70.8.128/25', exclusions: ['10.70.8.200', '10.70.8.2'] },
    ...{ subnet6: 'FD00:70:8:0::/64', gateway6: 'fd00:70:8::1', ipRange6: 'fd00:70:8::8000/113' },
  }),
  made(7, {
    driver: 'ipvlan',
    mode: 'l2',
    internal: true,
    attachable: true,
    labels: { 'com.example.of': 'lab' },
  }),
  // Free once those that are there are gone.
  made(1, { name: 'net1', mode: 'private' }),
  made(2, { parent: 'eth2', subnet6: v6(2) }),
];

const pick = fc.nat(99);
/** One thing that an admin asks for; what it is about is picked among what is there by then. */
export const gesture = fc.record({
  what: fc.constantFrom(
    'attach',
    'attach',
    'detach',
    'move',
    'readdress',
    'create',
    'remove',
    'undo',
    'undo',
  ),
  who: pick,
  net: pick,
  to: pick,
  last: fc.option(fc.integer({ min: 20, max: 26 })),
  last6: fc.option(fc.integer({ min: 20, max: 24 })),
  long: fc.boolean(),
  priority: fc.option(fc.integer({ min: -2, max: 2 })),
  mac: fc.option(fc.constantFrom('02:42:00:00:00:07', '02:42:00:00:00:0A')),
});
export type Gesture = typeof gesture extends fc.Arbitrary<infer G> ? G : never;

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Addresses in the subnets of a network, of the families that it has, as the gesture says. */
function pinsOn(on: Network, { last, last6, long }: Gesture): { ipv4?: string; ipv6?: string } {
  const [four, six] = ['.', ':'].map((mark) => on.subnets.find((one) => one.subnet.includes(mark))?.subnet);
  const prefix = six?.replace('::/64', long ? ':0::' : '::').toUpperCase();
  return {
    ...(four && last !== null ? { ipv4: four.replace('0/24', String(last)) } : {}),
    ...(prefix && last6 !== null ? { ipv6: `${prefix}${String(last6)}` } : {}),
  };
}

/** What the gesture asks for on this engine; null for an undo, and where there is nothing to ask it of. */
export function requestFor(gesture: Gesture, fake: FakeEngine): EngineRequest | null {
  const { what, who, net, to, priority, mac } = gesture;
  const networks = [...fake.networkMap.values()];
  const [one, other] = [at(networks, net), at(networks, to)];
  const on = { engineId: 'e1', containerId: at(names, who) ?? '' };
  if (what === 'create')
    return { kind: 'create-network', engineId: 'e1', spec: at(specs, net) as NetworkSpec };
  if (what === 'undo' || !one || !other) return null;
  const networkId = one.id;
  if (what === 'remove') return { kind: 'remove-network', engineId: 'e1', networkId };
  if (what === 'detach') return { kind: what, ...on, networkId };
  if (what === 'readdress') return { kind: what, ...on, networkId, ...pinsOn(one, gesture) };
  if (what === 'move')
    return { kind: what, ...on, fromNetworkId: one.id, toNetworkId: other.id, ...pinsOn(other, gesture) };
  return {
    ...{ kind: 'attach', ...on, networkId, ...pinsOn(one, gesture) },
    ...(priority === null ? {} : { gatewayPriority: priority }),
    ...(mac === null ? {} : { mac }),
  };
}

/** An attachment as the engine can be asked for it. Not its MAC: no engine tells whether one was asked for. */
type Wish = Pick<Endpoint, 'pinned4' | 'pinned6' | 'gatewayPriority' | 'aliases'>;

/** By name, as a network that is made anew has another id. */
export interface ModelState {
  networks: Record<string, unknown>;
  containers: Record<string, Record<string, Wish>>;
}

const plainly = (text: string | undefined) => {
  const ip = text ? parseIp(text) : null;
  return ip ? formatIp(ip) : '';
};
const wish = ({ pinned4, pinned6, gatewayPriority, aliases }: Wish): Wish => ({
  ...{ pinned4: plainly(pinned4), pinned6: plainly(pinned6), aliases },
  gatewayPriority: gatewayPriority ?? 0,
});
const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));

/** A phantom would be in it as an attachment, and so would one that is half made. */
function shown(who: Container, one: Endpoint): Wish & { odd?: string } {
  if (isLeftover(who, one)) return { ...wish(one), odd: 'leftover' };
  return {
    ...wish(one),
    ...((who.state === 'running') === Boolean(one.endpointId) ? {} : { odd: 'half-made' }),
  };
}

export const stateOf = ({ networkMap, containerMap }: FakeEngine): ModelState => ({
  networks: sorted([...networkMap.values()].map((one) => [one.name, specOf(one) ?? one.driver])),
  containers: sorted(
    [...containerMap.values()].map((who) => [
      who.name,
      sorted(who.endpoints.map((one) => [one.networkName, shown(who, one)])),
    ]),
  ),
});

const without = <T>(things: Record<string, T>, name: string): Record<string, T> =>
  Object.fromEntries(Object.entries(things).filter(([each]) => each !== name));

/** What a request that was carried out has to have made of a state. */
export function stateAfter(before: ModelState, request: EngineRequest, fake: FakeEngine): ModelState {
  const nameOf = (id: string) => fake.networkMap.get(id)?.name ?? id;
  const { networks, containers } = before;
  if (request.kind === 'create-network') {
    const { spec } = request;
    const subnet6 = parseCidr(spec.subnet6 ?? '');
    const labels = { ...spec.labels, [MANAGED_LABEL]: 'true' };
    const as = { ...spec, labels, ...(subnet6 ? { subnet6: formatCidr(subnet6) } : {}) };
    return { networks: sorted([...Object.entries(networks), [spec.name, as]]), containers };
  }
  if (request.kind === 'remove-network')
    return { networks: without(networks, nameOf(request.networkId)), containers };
  // Asked for by guards alone, which this model has none of.
  if (request.kind === 'restore' || request.kind === 'restore-several') return before;
  const { containerId } = request;
  const own = containers[containerId] ?? {};
  const from = nameOf(request.kind === 'move' ? request.fromNetworkId : request.networkId);
  const entries = Object.entries(request.kind === 'attach' ? own : without(own, from));
  if (request.kind !== 'detach') {
    const to = nameOf(request.kind === 'move' ? request.toNetworkId : request.networkId);
    entries.push([to, wishOf(request, own[from], fake.can)]);
  }
  return { networks, containers: { ...containers, [containerId]: sorted(entries) } };
}

type Connecting = Extract<EngineRequest, { kind: 'attach' | 'move' | 'readdress' }>;

/** A readdress without any address gives up both; with one, the other family keeps its own. */
function wishOf(request: Connecting, old: Wish | undefined, can: Capabilities): Wish {
  const { ipv4, ipv6 } = request;
  const kept = request.kind === 'readdress' && (ipv4 || ipv6) ? old : undefined;
  const priority = request.kind === 'attach' ? request.gatewayPriority : old?.gatewayPriority;
  return wish({
    pinned4: ipv4 ?? kept?.pinned4,
    pinned6: ipv6 ?? kept?.pinned6,
    gatewayPriority: can.gatewayPriority ? priority : 0,
    aliases: old?.aliases ?? [],
  });
}
