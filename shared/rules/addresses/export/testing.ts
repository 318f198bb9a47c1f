import type { AddressPlan, AddressUse } from '../../../model';
import type { ExportSource } from './kinds';

/** Builders for the tests of the export: a LAN with two hosts, and what is on it. */

const macOf = (address: string): string =>
  `02:42:0a:46:01:${Number(/\d+$/.exec(address)?.[0] ?? 0)
    .toString(16)
    .padStart(2, '0')}`;

export const use = (
  address: string,
  kind: AddressUse['kind'],
  owner = '',
  over: Partial<AddressUse> = {},
): AddressUse => ({ address, kind, engineId: 'e1', owner, ...over });

export function held(
  address: string,
  owner: string,
  over: { engineId?: string; kind?: 'pinned' | 'automatic'; live?: boolean; mac?: string } = {},
): AddressUse {
  const { engineId = 'e1', kind = 'pinned', live = true, mac = macOf(address) } = over;
  return use(address, kind, owner, {
    engineId,
    container: { id: `${owner}-id`, networkId: `${engineId}-lan`, live, mac },
  });
}

const hosts: Readonly<Record<string, string>> = { e1: 'atlas', e2: 'borea' };

export function source(
  used: AddressUse[],
  ranges: AddressPlan['ranges'] = [],
  subnets: string[] = ['10.70.1.0/24', 'fd00:70::/64'],
): ExportSource {
  return {
    plan: { subnets, used, ranges },
    network: 'lan',
    hostOf: (id) => hosts[id] ?? id,
    networkOf: (_, id) => id,
    leases: () => false,
  };
}

/** Something of everything. */
export const everything = (): ExportSource =>
  source(
    [
      use('10.70.1.1', 'gateway'),
      use('10.70.1.1', 'gateway', '', { engineId: 'e2' }),
      held('10.70.1.2', 'db'),
      held('fd00:70::2', 'db', { mac: '02:42:0a:46:01:02' }),
      held('10.70.1.3', 'db', { engineId: 'e2', live: false, mac: '' }),
      held('10.70.1.130', 'web', { kind: 'automatic' }),
      use('10.70.1.9', 'excluded', 'printer'),
      use('10.70.1.20', 'dhcp', 'router, kitchen', { to: '10.70.1.29' }),
      use('10.70.1.40', 'reserved', '=1+1'),
      use('10.70.1.50', 'host', 'eth0'),
      use('10.70.1.51', 'shim', 'tl-shim'),
      use('10.70.1.60', 'foreign', '02:00:00:00:00:09'),
    ],
    [
      { engineId: 'e1', networkId: 'e1-lan', range: '10.70.1.128/26' },
      { engineId: 'e2', networkId: 'e2-lan', range: '10.70.1.192/26' },
    ],
  );
