import { join } from 'node:path';
import type { EngineKind } from './engines';
import type { HostRecord, Nic } from './record';

/** Where labs live: a root-owned folder on a real disk, with paths short enough for unix sockets (108 bytes). */
export const labRoot = '/var/lib/trunkline-lab';
/** The image every engine of a lab has. */
export const labImage = 'trunkline-lab:1';

/** Two LANs reach every host, each on a NIC and a switch bridge of its own. */
export const lans = [
  { name: 'lan', nic: 'eth1', prefix: '10.70.1', hostHasAddress: true },
  { name: 'iot', nic: 'eth2', prefix: '10.70.20', hostHasAddress: false },
] as const;

/** Hosts a lab can have: their addresses are .11 and up, below the pools of the sample networks. */
export const maxHosts = 8;

export const labDir = (id: string) => join(labRoot, id);
export const netnsPrefix = (id: string) => `trunkline-${id}-`;
export const switchNetns = (id: string) => `${netnsPrefix(id)}switch`;
export const cgroupOf = (id: string) => `trunkline-lab-${id}`;

/** The plan of host number `index` (0-based), before anything of it exists. */
export function planHost(
  id: string,
  index: number,
  storageDriver: HostRecord['storageDriver'],
  engine: EngineKind = 'docker',
): HostRecord {
  const name = `h${index + 1}`;
  const dir = join(labDir(id), name);
  return {
    name,
    netns: netnsPrefix(id) + name,
    switchNetns: switchNetns(id),
    nics: lans.map((lan) => planNic(lan, name, index)),
    dir,
    socket: join(dir, 'docker.sock'),
    cgroup: `/${cgroupOf(id)}/${name}`,
    storageDriver,
    engine,
  };
}

function planNic(lan: (typeof lans)[number], host: string, index: number): Nic {
  return {
    name: lan.nic,
    lan: lan.name,
    port: `${host}-${lan.nic}`,
    subnet: `${lan.prefix}.0/24`,
    gateway: `${lan.prefix}.1`,
    address: lan.hostHasAddress ? `${lan.prefix}.${11 + index}` : '',
  };
}
