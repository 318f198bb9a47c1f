import type { DemoEngine } from '../engine/engine';
import { contains, formatAddress, parseAddress, type Address } from '../engine/ip';
import type { DemoContainer, DemoNetwork } from '../engine/model';
import { carries, nicBelow } from '../engine/parents';
import { gatewayOf, hostAddress, lansOn, macOf } from './links';
import { hostsAround, shimsOf } from './state';

/** One interface that can ask. */
interface Stand {
  network: DemoNetwork;
  interface: string;
  /** Its own address; empty for a NIC without one. */
  own: string;
  mac: string;
}

const poolsOf = (network: DemoNetwork) => network.pools.map(({ pool }) => pool.subnet);

/** Networks of one subnet are one LAN, on whichever host; bridges are their host's own. */
const sameLan = (a: DemoNetwork, b: DemoNetwork): boolean =>
  a === b ||
  (a.driver !== 'bridge' && b.driver !== 'bridge' && a.ipamConfig?.[0]?.Subnet === b.ipamConfig?.[0]?.Subnet);

function standsOf(engine: DemoEngine, container: DemoContainer): Stand[] {
  const owner = engine.namespaceOwner(container);
  return [...(owner?.endpoints.values() ?? [])].flatMap(({ networkId, attached }) => {
    const network = engine.networks.get(networkId);
    if (!network || !attached?.ipv4 || attached.lost) return [];
    return [{ network, interface: attached.interface, own: formatAddress(attached.ipv4), mac: attached.mac }];
  });
}

function hostStands(engine: DemoEngine): Stand[] {
  const own = hostAddress(engine)?.address ?? '';
  const there = lansOn(engine).filter(({ options }) => nicBelow(engine, options['parent']) !== 'gone');
  return there.map((network) => {
    const parent = network.options['parent'] ?? '';
    return {
      network,
      interface: parent,
      own: parent === 'eth0' ? own : '',
      mac: engine.host.nics.find(({ name }) => name === parent)?.mac ?? '',
    };
  });
}

/** MACs of all who hold the address on the LAN, but the asker. */
function holders(engine: DemoEngine, stand: Stand, address: string, fromHost: boolean): string[] {
  if (!carries(engine, stand.network)) return [];
  const found: string[] = [];
  for (const host of hostsAround(engine)) {
    // A NIC and the macvlan links on it don't hear each other, unless there is a shim.
    const deaf = fromHost && host === engine && shimsOf(host).size === 0;
    for (const network of host.networks.values()) {
      if (deaf || !sameLan(network, stand.network) || !carries(host, network)) continue;
      for (const member of network.members) {
        const attached = member.endpoints.get(network.name)?.attached;
        if (attached?.ipv4 && !attached.lost && formatAddress(attached.ipv4) === address)
          found.push(attached.mac);
      }
    }
    const own = hostAddress(host);
    const onLan = lansOn(host).some(
      (lan) => lan.options['parent'] === 'eth0' && sameLan(lan, stand.network) && carries(host, lan),
    );
    if (onLan && own?.address === address && (host !== engine || fromHost)) {
      found.push(host.host.nics.find(({ name }) => name === 'eth0')?.mac ?? '');
    }
  }
  const { network } = stand;
  if (gatewayOf(network) === address) found.push(macOf('router', network.ipamConfig?.[0]?.Subnet ?? ''));
  return found.filter((mac) => mac !== '' && mac !== stand.mac);
}

const pingText = (address: string, answers: boolean): string =>
  answers
    ? `PING ${address}\n2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min/avg/max = 0.2/0.3/0.4 ms`
    : `PING ${address}\n2 packets transmitted, 0 packets received, 100% packet loss`;

const arpText = (address: string, macs: string[]): string =>
  [...macs.map((mac) => `Unicast reply from ${address} [${mac}] 0.1ms`), 'Sent 1 probe(s)'].join('\n');

const macText = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/;

function ask(
  engine: DemoEngine,
  stands: Stand[],
  address: string,
  fromHost: boolean,
  heldBy?: string,
): string {
  const ip: Address | null = parseAddress(address);
  const on = stands.find(({ network }) => ip && poolsOf(network).some((subnet) => contains(subnet, ip)));
  const say = (via: string, nic: string, arp: string, ping: string) =>
    `@@ target ${address} ${via} ${nic}\n[arp]\n${arp}\n[neigh]\n\n[ping]\n${ping}\n`;
  if (on) {
    const macs = holders(engine, on, address, fromHost).filter((mac) => mac !== heldBy);
    if (on.own === address) return say('own', on.interface, arpText(address, macs), '');
    return say('link', on.interface, arpText(address, macs), pingText(address, macs.length > 0));
  }
  const router = stands.find(({ network }) => gatewayOf(network) !== '' && !network.internal);
  if (!router) return say('none', '-', arpText(address, []), '');
  // Behind the routers of the demo is everything that any of its hosts has on a LAN.
  const lans = hostsAround(engine).flatMap((host) => lansOn(host).map((network) => ({ host, network })));
  const reached =
    carries(engine, router.network) &&
    lans.some(
      ({ host, network }) => holders(host, { ...router, network, mac: '' }, address, false).length > 0,
    );
  return say('gateway', router.interface, arpText(address, []), pingText(address, reached));
}

/** What the probe script would have written. `network` as HostConfig's NetworkMode. */
export function probeOutput(engine: DemoEngine, network: string, args: string[]): string {
  const [nic = '-', ...addresses] = args;
  const shared = /^container:(.+)$/.exec(network)?.[1];
  const container = shared ? engine.findContainer(shared) : undefined;
  const fromHost = !container || container.networkMode === 'host';
  const all = fromHost ? hostStands(engine) : standsOf(engine, container);
  const stands =
    nic === '-' ? all : all.filter((stand) => nic === stand.interface || nic === `@${stand.own}`);
  const asked = addresses.filter((each) => parseAddress(each));
  // Who has it already is told by its MAC, and does not count.
  const heldBy = addresses.find((each) => macText.test(each));
  return asked.map((address) => ask(engine, stands, address, fromHost, heldBy)).join('\n');
}
