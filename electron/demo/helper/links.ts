import type { DemoEngine } from '../engine/engine';
import type { DemoNetwork } from '../engine/model';
import { bridgeName, nicBelow } from '../engine/parents';
import { hashText } from '../engine/random';
import { hostName } from '../seed/plan';
import { countersAt } from '../stats/traffic';
import { shimsOf } from './state';

/** A made-up MAC that stays the same for a name on a host. */
export const macOf = (host: string, name: string): string =>
  ['02', ...(hashText(`${host}/${name}`).toString(16).padStart(8, '0').match(/../g) ?? []), '01'].join(':');

/** Networks that stand on a NIC of the host. */
export const lansOn = (engine: DemoEngine): DemoNetwork[] =>
  [...engine.networks.values()].filter(
    ({ driver, options, configOnly }) => driver === 'macvlan' && options['parent'] && !configOnly,
  );

const subnetOf = (network: DemoNetwork): string => network.ipamConfig?.[0]?.Subnet ?? '';
export const gatewayOf = (network: DemoNetwork): string => network.ipamConfig?.[0]?.Gateway ?? '';

/** The host's own address on its LAN, just above the gateway and the reserved ones. */
export function hostAddress(engine: DemoEngine): { address: string; prefix: number } | null {
  const lan = lansOn(engine).find(({ options }) => options['parent'] === 'eth0');
  const [base = '', bits = '24'] = lan ? subnetOf(lan).split('/') : [];
  if (base === '') return null;
  const index = Array.from({ length: 64 }, (_, i) => hostName(i)).indexOf(engine.host.name);
  return { address: base.replace(/\d+$/, String(8 + (index % 8))), prefix: Number(bits) };
}

interface Shape {
  name: string;
  mac: string;
  kind?: string;
  data?: object;
  link?: string;
  master?: string;
  alias?: string;
  up?: boolean;
  /** The link below it is down: it is up itself, and carries nothing. */
  lowerDown?: boolean;
  addresses?: { address: string; prefix: number }[];
  promiscuity?: number;
}

/** One entry of `ip -j -d -s addr`. */
function linkJson(engine: DemoEngine, shape: Shape, index: number): object {
  const loopback = shape.name === 'lo';
  const up = shape.up ?? true;
  const carrier = up && !shape.lowerDown;
  const seed = hashText(`${engine.host.name}/${shape.name}`);
  const counters = countersAt({ seed, carried: 86_400 * 30, since: 0 }, engine.clock() % 86_400_000);
  const half = (way: 'rx' | 'tx') => ({
    bytes: loopback ? 0 : counters[`${way}Bytes`],
    packets: loopback ? 0 : counters[`${way}Packets`],
    errors: 0,
    dropped: 0,
  });
  return {
    ifindex: index + 1,
    ...(shape.link && { link: shape.link }),
    ifname: shape.name,
    flags: [loopback ? 'LOOPBACK' : 'BROADCAST', ...(up ? ['UP'] : []), ...(carrier ? ['LOWER_UP'] : [])],
    mtu: loopback ? 65536 : 1500,
    operstate: carrier ? 'UP' : up ? 'LOWERLAYERDOWN' : 'DOWN',
    ...(shape.master && { master: shape.master }),
    ...(shape.alias && { ifalias: shape.alias }),
    link_type: loopback ? 'loopback' : 'ether',
    address: shape.mac,
    promiscuity: shape.promiscuity ?? 0,
    ...(shape.kind && { linkinfo: { info_kind: shape.kind, ...(shape.data && { info_data: shape.data }) } }),
    // Only bridges take links here, and only NICs, which have no kind.
    ...(shape.master && { linkinfo: { info_slave_kind: 'bridge' } }),
    addr_info: (shape.addresses ?? []).map(({ address, prefix }) => ({
      family: 'inet',
      local: address,
      prefixlen: prefix,
      scope: loopback ? 'host' : 'global',
    })),
    stats64: { rx: half('rx'), tx: half('tx') },
  };
}

const split = (cidr: string) => {
  const [address = '', bits = '0'] = cidr.split('/');
  return { address, prefix: Number(bits) };
};

/** The bridge of the host's own that takes the NICs that are ports. */
const HOST_BRIDGE = 'br-lan';

const isDown = (engine: DemoEngine, link: string): boolean => nicBelow(engine, link) === 'down';

function hostBridge(engine: DemoEngine): Shape[] {
  const isThere = [...engine.nicStates.values()].includes('port');
  return isThere ? [{ name: HOST_BRIDGE, mac: macOf(engine.host.name, HOST_BRIDGE), kind: 'bridge' }] : [];
}

function nicsOf(engine: DemoEngine): Shape[] {
  const own = hostAddress(engine);
  const parents = new Set(lansOn(engine).map(({ options }) => options['parent'] ?? ''));
  return engine.host.nics
    .filter(({ name }) => name !== 'docker0' && engine.nicStates.get(name) !== 'gone')
    .map(({ name, mac }) => ({
      name,
      mac,
      addresses: name === 'eth0' && own ? [own] : [],
      promiscuity: parents.has(name) ? 1 : 0,
      up: !isDown(engine, name),
      ...(engine.nicStates.get(name) === 'port' ? { master: HOST_BRIDGE } : {}),
    }));
}

function bridges(engine: DemoEngine): Shape[] {
  return [...engine.networks.values()]
    .filter(({ driver }) => driver === 'bridge')
    .map((network) => {
      const name = bridgeName(network);
      const gateway = gatewayOf(network);
      const addresses = gateway ? [{ address: gateway, prefix: split(subnetOf(network)).prefix }] : [];
      return { name, mac: macOf(engine.host.name, name), kind: 'bridge', addresses };
    });
}

/** Everything that the host has, in the kernel's order. */
export function linksOf(engine: DemoEngine): Shape[] {
  const nics = nicsOf(engine);
  const vlans = [...engine.vlanLinks].map((name) => {
    const [link = '', id = '0'] = name.split('.');
    const data = { protocol: '802.1Q', id: Number(id) };
    const mac = nics.find((nic) => nic.name === link)?.mac ?? '';
    // The kernel sets VLAN links down and up along with the link below.
    return { name, mac, link, kind: 'vlan', data, promiscuity: 1, up: !isDown(engine, name) };
  });
  const shims = [...shimsOf(engine)].map(([name, { parent, address }]) => ({
    name,
    mac: macOf(engine.host.name, name),
    link: parent,
    kind: 'macvlan',
    data: { mode: 'bridge' },
    alias: 'io.trunkline.shim',
    lowerDown: isDown(engine, parent),
    addresses: [{ address, prefix: 32 }],
  }));
  const loopback = {
    name: 'lo',
    mac: '00:00:00:00:00:00',
    addresses: [{ address: '127.0.0.1', prefix: 8 }],
  };
  return [loopback, ...nics, ...vlans, ...bridges(engine), ...hostBridge(engine), ...shims];
}

/** Mbit/s. */
const speeds: Record<string, number> = { eno1: 1000, eth0: 10_000 };

/** Every third host also knows the way to another site, whose addresses its first own bridge has, too. */
function routesOf(engine: DemoEngine, gateway: string): string[] {
  const index = Array.from({ length: 64 }, (_, i) => hostName(i)).indexOf(engine.host.name);
  const bridge = [...engine.networks.values()].find(
    ({ driver, name }) => driver === 'bridge' && name !== 'bridge',
  );
  const base = bridge && index % 3 === 0 ? subnetOf(bridge) : '';
  return base ? [`${base} via ${gateway} dev eth0 proto static`] : [];
}

/** What the facts script would have written on this host. */
export function factsOutput(engine: DemoEngine): string {
  const links = linksOf(engine);
  const lan = lansOn(engine).find(({ options }) => options['parent'] === 'eth0');
  const hasRoute = lan && !['down', 'gone'].includes(engine.nicStates.get('eth0') ?? '');
  const routes = hasRoute ? [{ dst: 'default', gateway: gatewayOf(lan), dev: 'eth0' }] : [];
  const sys = links.map(({ name }) => {
    const speed = speeds[name.split('.')[0] ?? ''];
    return `${name}\t${speed ?? ''}\t${name in speeds ? 'device' : ''}\t`;
  });
  return [
    '@@ links',
    JSON.stringify(links.map((shape, index) => linkJson(engine, shape, index))),
    '@@ routes',
    JSON.stringify(routes),
    '@@ more-routes',
    ...(hasRoute ? routesOf(engine, gatewayOf(lan)) : []),
    '@@ sys',
    ...sys,
    '@@ machine',
    'sys_vendor\tSupermicro',
    'product_name\tSYS-5019D',
    'chassis_asset_tag\t',
    '',
  ].join('\n');
}
