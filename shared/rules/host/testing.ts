import type { HostFacts, Nic } from '../../model';

/** Builders for the tests of what hosts really have. */

/** `eth0`, a network card that is up. */
export function nic(over: Partial<Nic> = {}): Nic {
  return {
    name: 'eth0',
    index: 2,
    kind: 'physical',
    driver: '',
    ethernet: true,
    mac: '02:00:00:00:00:01',
    mtu: 1500,
    speed: 1000,
    up: true,
    carrier: true,
    addresses: [],
    promiscuity: 0,
    counters: {
      rxBytes: 0,
      txBytes: 0,
      rxPackets: 0,
      txPackets: 0,
      rxErrors: 0,
      txErrors: 0,
      rxDropped: 0,
      txDropped: 0,
    },
    docker: false,
    ...over,
  };
}

/** A host of one's own with these interfaces. */
export const hostFacts = (engineId: string, ...nics: Nic[]): HostFacts => ({
  engineId,
  at: 0,
  nics,
  gateways: [],
  machine: { vendor: '', product: '', assetTag: '' },
  foreign: null,
});
