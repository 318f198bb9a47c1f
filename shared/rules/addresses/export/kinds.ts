import type { AddressPlan, AddressUse } from '../../../model';
import type { Cidr } from '../../basics/cidr';
import type { RangeEnds } from '../address-range';

/** What the addresses of a LAN can be made into, in the order in which they are offered. */
export const exportFormats = [
  'csv',
  'netbox-ip-addresses',
  'netbox-prefixes',
  'netbox-ranges',
  'phpipam',
  'hosts',
  'dnsmasq-dns',
  'pihole',
  'adguard',
  'technitium',
  'dnsmasq-dhcp',
  'kea',
  'openwrt',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a format is for: what may be chosen besides depends on it. */
export type ExportFamily = 'table' | 'netbox' | 'phpipam' | 'dns' | 'dhcp';

/** The LAN whose addresses are exported. */
export interface ExportSource {
  readonly plan: Pick<AddressPlan, 'subnets' | 'used' | 'ranges'>;
  /** Name of the network that it is looked at from. */
  readonly network: string;
  /** How a host is called. */
  readonly hostOf: (engineId: string) => string;
  /** How a network of a host is called. */
  readonly networkOf: (engineId: string, networkId: string) => string;
  /** Whether a container has its IPv4 address from the LAN's own DHCP server: what its engine tells is not the one that answers. */
  readonly leases: (engineId: string, containerId: string, networkId: string) => boolean;
}

export interface ExportChoice {
  readonly format: ExportFormat;
  /** Only these addresses; all where there is none. */
  readonly range?: RangeEnds | null;
  /** Automatic addresses go into DNS and DHCP, too, though they change. */
  readonly automatic?: boolean;
  /** What names end in; without a dot before it. */
  readonly domain?: string;
  /** The section of phpIPAM that the subnets are in. */
  readonly section?: string;
}

/** Why an address is not in the text. */
export const leftOutReasons = [
  'no-mac',
  'mac-twice',
  'automatic',
  'leased',
  'conflict',
  'ipv4-only',
  'nobody',
  'no-name',
  'range',
  'one-address',
  'overlap',
  'too-large',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** Addresses that are left out for one reason; a range as `first-last`. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly addresses: readonly string[];
}

/** A name that had to be another one: not valid as it was, or had by several. */
export interface Renamed {
  readonly from: string;
  readonly host: string;
  readonly to: string;
}

/** What holds an address or a range, as the formats read it. */
export interface Entry {
  readonly version: 4 | 6;
  readonly from: bigint;
  readonly to: bigint;
  readonly address: string;
  /** The last address of a range of several; null where it is one address. */
  readonly last: string | null;
  readonly subnet: Cidr;
  /** `given`: an engine may hand it out by itself. */
  readonly kind: AddressUse['kind'] | 'given';
  readonly owner: string;
  readonly engineId: string;
  /** Names of the hosts that say so. */
  readonly hosts: readonly string[];
  readonly container: AddressUse['container'] | undefined;
  readonly network: string;
  /** The engine keeps it, and the container answers at one that it leases. */
  readonly leased: boolean;
  /** Others have the same address. */
  readonly conflict: boolean;
}

/** What a format is written from. */
export interface Material {
  readonly subnets: readonly Cidr[];
  /** In the order of their addresses. */
  readonly entries: readonly Entry[];
  /** The name of who has an entry, valid in DNS; undefined where there is none. */
  readonly nameOf: (entry: Entry) => string | undefined;
  readonly network: string;
  readonly automatic: boolean;
  /** Empty where none was given. */
  readonly domain: string;
  readonly section: string;
}

/** What a format makes of it. */
export interface Written {
  /** Empty where nothing is to be written. */
  readonly text: string;
  /** What is in the text, each address or range once. */
  readonly used: readonly Entry[];
  readonly leftOut: readonly LeftOut[];
}

export interface FormatRow {
  readonly family: ExportFamily;
  /** How its file's name ends. */
  readonly ending: string;
  readonly type: string;
  readonly write: (material: Material) => Written;
}
