import { expect, it } from 'vitest';
import type { ReservedRange } from '../../model';
import { withoutReserved, withReserved } from './reserve';

const range = (from: string, to = from, note?: string): ReservedRange => ({
  ...{ from, to, kind: 'reserved' },
  ...(note && { note }),
});

it('a range in whose midst addresses are released falls in two, and each keeps the note', () => {
  expect(
    withoutReserved([range('10.70.1.10', '10.70.1.19', 'printers')], {
      from: '10.70.1.12',
      to: '10.70.1.14',
    }),
  ).toEqual([range('10.70.1.10', '10.70.1.11', 'printers'), range('10.70.1.15', '10.70.1.19', 'printers')]);
});

it('what is released whole is gone; what is beside it, and the other family, stays', () => {
  const others = [range('10.70.1.9'), range('10.70.1.20'), range('fd00::a', 'fd00::f')];
  expect(
    withoutReserved([...others, range('10.70.1.10', '10.70.1.19')], { from: '10.70.1.10', to: '10.70.1.19' }),
  ).toEqual(others);
});

it('one more takes the place of what others had of it, in the order of addresses', () => {
  expect(
    withReserved(
      [range('10.70.1.100', '10.70.1.120'), range('fd00::1'), range('10.70.1.10', '10.70.1.19', 'old')],
      range('10.70.1.15', '10.70.1.25', 'new'),
    ),
  ).toEqual([
    range('10.70.1.10', '10.70.1.14', 'old'),
    range('10.70.1.15', '10.70.1.25', 'new'),
    range('10.70.1.100', '10.70.1.120'),
    range('fd00::1'),
  ]);
});

it('what is no range is left as it is', () => {
  const odd = range('printer', '10.70.1.9');
  expect(withoutReserved([odd], { from: '10.70.1.1', to: '10.70.1.254' })).toEqual([odd]);
  expect(withoutReserved([range('10.70.1.9')], { from: 'x', to: 'y' })).toEqual([range('10.70.1.9')]);
});
