import { createContainer } from '../../demo/engine/container-create';
import { DemoEngine } from '../../demo/engine/engine';
import { start } from '../../demo/engine/lifecycle';
import { isLive, type DemoContainer, type DemoNetwork } from '../../demo/engine/model';
import { createNetwork } from '../../demo/engine/network-create';
import { quirksOf, type DemoVersion } from '../../demo/engine/versions';
import { addImage } from '../../demo/seed/images';
import { PlayedEngine } from './in-process';

/** Small enough for everybody to meet: three generations of engines on two LANs, and a network of each one's own. */
export const image = 'busybox:1.37';
export const subnets: Record<string, string> = { lan: '10.70.1', iot: '10.70.2', apps: '10.70.3' };

const versions: readonly DemoVersion[] = ['26.1', '29.7', '20.10'];

/** The body of a call that makes a network anew as the site has it; each host hands out from a range of its own. */
export function networkBody(name: string, host: number) {
  const net = subnets[name] ?? '10.70.9';
  const range = `${net}.${String(32 * (host + 1))}/27`;
  const config = { Subnet: `${net}.0/24`, Gateway: `${net}.1` };
  if (name === 'apps') return { Name: name, IPAM: { Config: [config] } };
  const parent = name === 'lan' ? 'eth0' : 'eth0.20';
  return {
    ...{ Name: name, Driver: 'macvlan', Options: { parent } },
    IPAM: { Config: [{ ...config, IPRange: range }] },
  };
}

export const composeLabels = (
  service: string,
  more: Record<string, string> = {},
): Record<string, string> => ({
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': service,
  'com.docker.compose.container-number': '1',
  ...more,
});

function playedHost(index: number): PlayedEngine {
  const version = versions[index % versions.length] ?? '26.1';
  const name = `h${String(index + 1)}`;
  const nics = ['eth0', 'eth1'].map((nic, at) => ({ name: nic, mac: `3c:ec:ef:00:0${index}:0${at}` }));
  const more = {
    cpus: 8,
    memory: 2 ** 34,
    kernel: '6.12.48-amd64',
    os: 'Debian GNU/Linux 13',
    osVersion: '13',
  };
  const demo = new DemoEngine(
    { name, engineId: `ENGINE:${name}`, nics, swarm: 'inactive', ...more },
    quirksOf[version],
    index + 1,
  );
  addImage(demo, image);
  for (const network of Object.keys(subnets)) createNetwork(demo, networkBody(network, index));
  const seeds = [
    { name: `web${index}`, on: 'lan', address: `10.70.1.${10 + index}` },
    { name: `shop-db${index}-1`, on: 'lan', labels: composeLabels(`db${index}`) },
    { name: `job${index}`, on: 'iot' },
    { name: `aux${index}`, on: 'apps' },
  ];
  for (const { name: called, on, address, labels } of seeds) {
    const config = address ? { IPAMConfig: { IPv4Address: address } } : {};
    const made = createContainer(demo, called, {
      ...{ Image: image, HostConfig: { NetworkMode: on }, Labels: labels ?? {} },
      NetworkingConfig: { EndpointsConfig: { [on]: config } },
    });
    if (on !== 'iot') start(demo, made);
  }
  return new PlayedEngine(demo);
}

export const playedSite = (hosts: number): PlayedEngine[] =>
  Array.from({ length: hosts }, (_, index) => playedHost(index));

/** One container on one network, as its engine has it. */
export interface Held {
  host: number;
  container: DemoContainer;
  network: string;
  /** Which LAN it is on; undefined where no other host reaches it. */
  lan: string | undefined;
  pin: string;
  /** What it has, or is to have once it runs. */
  address: string;
}

const lanOf = ({ driver }: DemoNetwork, address: string): string | undefined =>
  driver === 'bridge' ? undefined : address.split('.').slice(0, 3).join('.');

/** Everything on a host that has an address or is promised one. */
export function heldOn({ demo }: PlayedEngine, host: number): Held[] {
  return [...demo.containers.values()].flatMap((container) =>
    [...container.endpoints.values()].flatMap(({ networkName, networkId, config, attached }) => {
      const network = demo.networks.get(networkId) ?? demo.findNetwork(networkName);
      const pin = config.IPAMConfig?.IPv4Address ?? '';
      const address = attached?.ipv4 ? dotted(attached.ipv4.value) : isLive(container) ? '' : pin;
      if (!network) return [];
      const lan = lanOf(network, address);
      return [{ host, container, network: network.name, lan, pin, address }];
    }),
  );
}

export const dotted = (value: bigint | number): string => {
  const number = Number(value);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
};
