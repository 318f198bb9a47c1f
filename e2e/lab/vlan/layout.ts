import { join } from 'node:path';
import type { VlanHostRecord } from './record';

const cache = join(import.meta.dirname, '../../../.cache/vlan-lab');
/** Built images, by the hash of what they are made from. Kept. */
export const imagesDir = join(cache, 'images');
/** One folder per running lab. */
export const runsDir = join(cache, 'runs');
/** Logs of labs that went wrong. */
export const logsDir = join(cache, 'logs');
/** What runs inside the machine. */
export const guestDir = join(import.meta.dirname, 'guest');

/** VLANs that pass the trunk tagged, on every port, after each boot. Untagged frames are VLAN {@link nativeVlan}. */
export const taggedVlans = [10, 20] as const;
export const nativeVlan = 1;

/**
 * The hosts as `guest/init.sh` makes them. Addresses are those of eth1, untagged; the switch answers at `10.60.1.1`,
 * and at `10.60.10.1` and `10.60.20.1` on the VLANs.
 */
export const planHosts = (ports: readonly number[]): VlanHostRecord[] =>
  ['v1', 'v2'].map((name, index) => ({ name, address: `10.60.1.${11 + index}`, port: ports[index] ?? 0 }));

/** The machine's own address, which only the lab's forwarder reaches. */
export const guestAddress = '10.0.2.15';
/** TCP ports inside the machine: the engines', then the root shell's. */
export const guestPorts = { engines: [2375, 2376], shell: 2000 } as const;

/** In the lab's folder: the machine's console, then each engine's log. */
export const logFiles = ['console.log', 'v1.log', 'v2.log'] as const;
