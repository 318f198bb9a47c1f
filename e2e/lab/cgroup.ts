import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from './files';
import type { HostRecord, ProcessRecord } from './record';

/*
 * Docker's engine is told where in the machine's cgroups its containers belong. Podman's is not: it takes what it sees
 * for the whole. So a host with Podman has a cgroup namespace, and sees its own part of each tree as that tree.
 */

interface Tree {
  /** Where the machine has it mounted. */
  mount: string;
  version: 1 | 2;
}

/** A host's part of a tree. */
export interface CgroupTree extends Tree {
  group: string;
}

/** The machine's trees: one per controller in version 1, one in all in version 2. */
function trees(): Tree[] {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line): Tree[] => {
      const version = / - (cgroup2?) /.exec(line)?.[1];
      const mount = line.split(' ')[4];
      return version && mount ? [{ mount, version: version === 'cgroup2' ? 2 : 1 }] : [];
    });
  // Both versions at once: no container runtime uses the second then, and Podman's takes it for a fault.
  const isMixed = mounts.some(({ version }) => version === 1);
  return mounts.filter(({ version }) => !isMixed || version === 1);
}

const controllersOf = (group: string) =>
  readIfThere(join(group, 'cgroup.controllers')).split(/\s+/).filter(Boolean);

/** What is below the group may be limited in whatever the group itself may be. Version 2. */
function passOn(group: string): void {
  for (const controller of controllersOf(group)) {
    try {
      writeFileSync(join(group, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // Some, as cpu with real-time processes about, are refused: containers then do without them.
    }
  }
}

/** In version 1 a new group has no processors, and nothing can run in it. */
function giveProcessors(parent: string, group: string): void {
  for (const name of ['cpuset.cpus', 'cpuset.mems'])
    if (existsSync(join(parent, name))) writeFileSync(join(group, name), readFileSync(join(parent, name)));
}

/** Makes the host's part of each tree. */
export function makeCgroups(host: HostRecord): CgroupTree[] {
  return trees().map(({ mount, version }) => {
    let group = mount;
    for (const part of host.cgroup.split('/').filter(Boolean)) {
      if (version === 2) passOn(group);
      const parent = group;
      group = join(group, part);
      mkdirSync(group, { recursive: true });
      if (version === 1) giveProcessors(parent, group);
    }
    return { mount, version, group };
  });
}

/** Moves processes into a group of their own below the host's: in version 2 one with processes passes nothing on. */
export function settleIn(host: HostRecord, processes: readonly ProcessRecord[]): void {
  for (const { mount, version } of trees()) {
    if (version === 1) continue;
    const group = join(mount, host.cgroup);
    mkdirSync(join(group, 'init'), { recursive: true });
    for (const { pid } of processes) writeFileSync(join(group, 'init', 'cgroup.procs'), String(pid));
    passOn(group);
  }
}
