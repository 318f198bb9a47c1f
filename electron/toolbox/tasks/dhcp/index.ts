import type { LeaseHelper } from '../../../../shared/model';
import type { StayingTask } from '../task';
import { giveBackScript, leaseScript } from './script';

export { readLeaseLine } from './lines';

/** What a link had from its engine, and is to have again: empty where it had none. */
export interface GiveBack {
  containerId: string;
  /** By which the link is found; it has it while it leases. */
  held: string;
  mac: string;
  /** With its prefix. */
  address: string;
  gateway: string;
}

/** A helper that leases for a container; and, once it is removed, what the engine had given the container. */
export const dhcpTask: StayingTask<GiveBack, null, LeaseHelper> = {
  id: 'dhcp',
  words: {
    title: 'Lease an address from the LAN’s DHCP server',
    why: 'Leases the address of a container’s link from the LAN’s own DHCP server and renews it, for as long as an admin wants that; gives the link a MAC of its own, and the engine’s address back at the end.',
    'zh-CN': {
      title: '向局域网的 DHCP 服务器租用地址',
      why: '按管理员的要求，为容器的链路向局域网自己的 DHCP 服务器租用地址并续租；为该链路设置专用 MAC，结束时恢复引擎分配的地址。',
    },
  },
  rights: {
    network: 'container',
    hostPids: true,
    capabilities: ['NET_ADMIN', 'NET_RAW'],
    unconfined: false,
    changes: true,
    sends: true,
    stays: true,
  },
  limitMs: 20_000,
  script: () => giveBackScript,
  args: ({ held, mac, address, gateway }) => [held, mac, address, gateway],
  network: ({ containerId }) => `container:${containerId}`,
  parse: () => null,
  stays: {
    script: leaseScript,
    args: ({ containerId, mac, hostName, subnets }) => [containerId, mac, hostName, ...subnets],
    network: ({ containerId }) => `container:${containerId}`,
  },
};
