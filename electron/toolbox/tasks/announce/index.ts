import type { Task } from '../task';
import { announceScript } from './script';

export interface Announcement {
  /** Whose addresses they are; it runs. */
  containerId: string;
  /** IPv4. */
  addresses: readonly string[];
}

/** Gives the addresses that were told of. */
export const announceTask: Task<Announcement, string[]> = {
  id: 'announce',
  words: {
    title: 'Tell the LAN who has an address now',
    why: 'After an address has moved to another MAC, sends two gratuitous ARPs from the container that has it. Without them neighbours go on sending to the old MAC for some 20 seconds.',
    'zh-CN': {
      title: '通告地址的新持有者',
      why: '地址换到另一个 MAC 之后，从持有它的容器发送两个免费 ARP。否则邻居在约 20 秒内仍会发往旧的 MAC。',
    },
  },
  rights: {
    network: 'container',
    hostPids: false,
    capabilities: ['NET_RAW'],
    unconfined: false,
    changes: false,
    sends: true,
  },
  limitMs: 20_000,
  script: () => announceScript,
  args: ({ addresses }) => addresses,
  network: ({ containerId }) => `container:${containerId}`,
  parse: (output) => output.split('\n').filter(Boolean),
};
