import { lans, switchNetns } from './layout';
import type { HostRecord, Nic } from './record';
import { run } from './run';

const ipIn = (netns: string, ...args: string[]) => run(['ip', '-n', netns, ...args]);

/** The switch: a namespace with one bridge per LAN, which answers at the gateway's address and routes nowhere. */
export async function createSwitch(labId: string): Promise<void> {
  const netns = switchNetns(labId);
  await run(['ip', 'netns', 'add', netns]);
  for (const lan of lans) {
    await ipIn(netns, 'link', 'add', lan.name, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
    await ipIn(netns, 'addr', 'add', `${lan.prefix}.1/24`, 'dev', lan.name);
    await ipIn(netns, 'link', 'set', lan.name, 'up');
  }
}

/** The host's namespace with its NICs plugged into the switch. */
export async function createHostNetwork(host: HostRecord): Promise<void> {
  await run(['ip', 'netns', 'add', host.netns]);
  await ipIn(host.netns, 'link', 'set', 'lo', 'up');
  for (const nic of host.nics) await plugIn(host, nic);
}

async function plugIn(host: HostRecord, nic: Nic): Promise<void> {
  // Both ends are born in their namespaces: the machine's own never sees a link.
  const peer = ['peer', 'name', nic.port, 'netns', host.switchNetns];
  await run(['ip', 'link', 'add', nic.name, 'netns', host.netns, 'type', 'veth', ...peer]);
  await ipIn(host.switchNetns, 'link', 'set', nic.port, 'master', nic.lan, 'up');
  await ipIn(host.netns, 'link', 'set', nic.name, 'up');
  if (!nic.address) return;
  await ipIn(host.netns, 'addr', 'add', `${nic.address}/24`, 'dev', nic.name);
  await ipIn(host.netns, 'route', 'add', 'default', 'via', nic.gateway, 'dev', nic.name);
}

/** Pulls the cable or plugs it in again, at the switch's end: the host sees NO-CARRIER and keeps its routes. */
export async function setCable(host: HostRecord, nic: Nic, state: 'up' | 'down'): Promise<void> {
  await ipIn(host.switchNetns, 'link', 'set', nic.port, state);
}
