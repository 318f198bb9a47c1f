import { expect, it } from 'vitest';
import type { AddressUse } from '../../model';
import { addressGrid } from './address-grid';
import { rangeBetween, rangeUse } from './address-range';

const use = (address: string, over: Partial<AddressUse> = {}): AddressUse => ({
  ...{ address, kind: 'pinned', engineId: 'e1', owner: 'web' },
  ...over,
});
const subnet = '10.70.1.0/24';
const grid = addressGrid(
  {
    ...{ subnet, subnets: [subnet], gateways: [], ranges: [], notices: [] },
    used: [
      use('10.70.1.9'),
      use('10.70.1.12'),
      use('10.70.1.12', { owner: 'db' }),
      use('10.70.1.15', { kind: 'reserved', to: '10.70.1.40', owner: 'printers' }),
    ],
  },
  subnet,
)!;

it('two addresses span a range, whichever is first, and those of two families none', () => {
  expect(rangeBetween('10.70.1.20', '10.70.1.9')).toEqual({ from: '10.70.1.9', to: '10.70.1.20' });
  expect(rangeBetween('fd00::a', 'fd00::a')).toEqual({ from: 'fd00::a', to: 'fd00::a' });
  expect(rangeBetween('10.70.1.20', 'fd00::a')).toBeNull();
});

it('each held address of a range counts once, and of a reserved one what is inside', () => {
  expect(rangeUse(grid, { from: '10.70.1.10', to: '10.70.1.19' })).toEqual({
    ...{ size: 10n, held: 6n, reserved: true },
  });
  expect(rangeUse(grid, { from: '10.70.1.8', to: '10.70.1.10' })).toEqual({
    ...{ size: 3n, held: 1n, reserved: false },
  });
});
