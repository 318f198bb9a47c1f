/** How one host of the demo company is cut up. Addresses and ranges are disjoint across hosts, as they should be. */
export interface SeedLan {
  network: 'lan' | 'iot' | 'cameras';
  parent: string;
  subnet: string;
  gateway: string;
  /** The host's own share for automatic addresses. */
  range: string;
  exclusions: Record<string, string>;
}

const HOST_NAMES = [
  'atlas',
  'borealis',
  'cirrus',
  'draco',
  'ember',
  'fjord',
  'glacier',
  'harbor',
  'indigo',
  'juniper',
  'krypton',
  'lagoon',
];

export const hostName = (index: number): string =>
  HOST_NAMES[index] ??
  `${HOST_NAMES[index % HOST_NAMES.length]}-${Math.floor(index / HOST_NAMES.length) + 1}`;

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

/**
 * Prefix length that leaves room for so many containers: the lower half for automatic ranges, one for each host, the
 * upper half for pins. A /24 for a small company.
 */
export function lanPrefix(containers: number, hosts: number): number {
  const shares = nextPower(hosts + 1) * 2;
  const perHost = Math.max(16, Math.ceil((containers / hosts) * 1.3) + 8);
  return Math.min(24, 32 - Math.log2(nextPower(shares * nextPower(perHost))));
}

function nextPower(value: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, value)));
}

/** @param index the host's number among `hosts` */
export function lansOf(index: number, hosts: number, containers: number): SeedLan[] {
  const bits = lanPrefix(containers, hosts);
  const share = 2 ** (32 - bits) / (nextPower(hosts + 1) * 2);
  const lan = (network: SeedLan['network'], parent: string, base: number, exclusions: boolean): SeedLan => ({
    network,
    parent,
    subnet: `${dotted(base)}/${bits}`,
    gateway: dotted(base + 1),
    range: `${dotted(base + share * (index + 1))}/${32 - Math.log2(share)}`,
    exclusions: exclusions ? { nas: dotted(base + 5), printer: dotted(base + 6) } : {},
  });
  const at = (second: number): number => 10 * 2 ** 24 + second * 2 ** 16;
  return [
    lan('lan', 'eth0', at(20), true),
    lan('iot', 'eth0.20', at(21), false),
    lan('cameras', 'eth0.30', at(22), false),
  ];
}

/** The n-th address kept for pins, from the upper half of a LAN's subnet. */
export function pinAddress(lan: SeedLan, n: number): string {
  const [address = '', bits = '24'] = lan.subnet.split('/');
  const base = address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
  return dotted(base + 2 ** (31 - Number(bits)) + n);
}
