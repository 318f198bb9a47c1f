import type { ProbeFrom } from '../../../../shared/model';
import type { Task } from '../task';
import { parseProbe, type ProbeAnswer } from './parse';
import { claimScript, keepScript, probeScript } from './script';

export interface ProbeQuestion {
  from: ProbeFrom;
  /** IPv4 or IPv6, checked by the caller. */
  addresses: readonly string[];
  /** They are about to be given out: whether anybody on the LAN of that NIC has them; takes some two seconds. */
  claim?: boolean;
  /**
   * A container has been given them: who else has them and stays. Where somebody has, it takes up to some twelve seconds, and
   * up to some thirty for IPv6, where each asking takes two of them.
   */
  held?: HeldBy;
}

/** By whom of its host an address is held. */
export interface HeldBy {
  /** Lower case; empty where it is that of the interface which is asked on (ipvlan). */
  mac: string;
  /** That interface does not hear it: whoever answers there with its MAC is another. */
  apart: boolean;
}

const interfaceOf = (from: ProbeFrom): string =>
  (from.kind === 'host' ? from.nic : from.address && `@${from.address}`) || '-';

export const probeTask: Task<ProbeQuestion, ProbeAnswer[]> = {
  id: 'probe',
  words: {
    title: 'Ask who answers for an address',
    why: 'Asks by ARP and ping, from where a container stands or from the host, who answers for an address.',
    'zh-CN': {
      title: '询问谁应答某个地址',
      why: '从容器所在处或从主机，用 ARP 和 ping 询问谁应答某个地址。',
    },
  },
  rights: {
    network: 'host-or-container',
    hostPids: false,
    capabilities: ['NET_RAW'],
    unconfined: false,
    changes: false,
    sends: true,
  },
  // It waits up to some six seconds for answers that don't come, and some thirty for others to give way.
  limitMs: 40_000,
  script: ({ claim, held }) => (held ? keepScript : claim ? claimScript : probeScript),
  args: ({ from, held, addresses }) => [
    interfaceOf(from),
    ...(held ? [held.apart ? 'apart' : 'near', held.mac || '-'] : []),
    ...addresses,
  ],
  network: ({ from }) => (from.kind === 'host' ? 'host' : `container:${from.containerId}`),
  parse: (output, { addresses }) => parseProbe(output, addresses),
};
