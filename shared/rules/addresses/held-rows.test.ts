import { expect, it } from 'vitest';
import type { AddressPlan, AddressUse } from '../../model';
import { addressGrid } from './address-grid';
import { heldRows } from './held-rows';

const use = (kind: AddressUse['kind'], address: string, more: Partial<AddressUse> = {}): AddressUse => ({
  ...{ kind, address, engineId: 'a', owner: '' },
  ...more,
});
const container = (id: string) => ({ container: { id, networkId: 'lan', live: true, mac: '' }, owner: id });
const plan: AddressPlan = {
  ...{ subnet: '10.0.0.0/24', subnets: ['10.0.0.0/24'], gateways: [], notices: [] },
  ranges: [{ engineId: 'a', networkId: 'lan', range: '10.0.0.128/25' }],
  used: [
    use('pinned', '10.0.0.50', container('web')),
    use('reserved', '10.0.0.40', { to: '10.0.0.60', owner: 'printers' }),
    use('excluded', '10.0.0.40'),
    use('automatic', '10.0.0.200', container('db')),
    use('pinned', '10.0.0.9', container('one')),
    use('pinned', '10.0.0.9', { ...container('two'), engineId: 'b' }),
    use('gateway', '10.0.0.1'),
    use('gateway', '10.0.0.1', { engineId: 'b' }),
    // Of the other family.
    use('pinned', '2001:db8::9', container('web')),
  ],
};

it('lists each address once, in order, a range before what lies in it', () => {
  const rows = heldRows(addressGrid(plan, plan.subnet)!);
  expect(rows.map(({ address, to, state, uses }) => [address, to, state, uses.length])).toEqual([
    ['10.0.0.1', undefined, 'gateway', 2],
    ['10.0.0.9', undefined, 'conflict', 2],
    ['10.0.0.40', '10.0.0.60', 'reserved', 1],
    ['10.0.0.40', undefined, 'excluded', 2],
    ['10.0.0.50', undefined, 'pinned', 2],
    ['10.0.0.200', undefined, 'automatic', 1],
  ]);
  expect(rows.at(-1)?.givenBy).toEqual(['a']);
});

it('has nothing to list where nothing is held', () => {
  expect(heldRows(addressGrid({ ...plan, used: [] }, plan.subnet)!)).toEqual([]);
});
