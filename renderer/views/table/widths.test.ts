import { expect, it } from 'vitest';
import { container, endpoint, engine, macvlan } from '../../testing/fixtures';
import { buildRows } from './rows';
import { columns } from './sort';
import { cutOff, tableWidths } from './widths';

const rowsWith = (ipv4: string, ipv6 = '', subnet = '10.70.1.0/24') => {
  const subnets = [{ subnet, exclusions: {} }];
  const lan = macvlan('a', 'lan', { subnets, parent: 'eth0.4000' });
  const one = container('a', 'web', { endpoints: [endpoint(lan, ipv4, { ipv6 })] });
  return buildRows({ revision: 1, engines: [engine('a')], networks: [lan], containers: [one] });
};
const leastOf = (rows: ReturnType<typeof buildRows>, column: (typeof columns)[number]) =>
  Number(
    /(\d+)px/.exec(tableWidths(rows).template.match(/minmax\([^)]*\)|\S+/g)![columns.indexOf(column)]!)![1],
  );

it('gives columns of addresses room for the longest of them', () => {
  const short = rowsWith('10.0.0.2');
  const long = rowsWith('192.168.100.200', 'fd00:70:1234:5678:9abc:def0:1234:5678', '192.168.100.128/25');
  expect(leastOf(short, 'ipv4')).toBe(108);
  expect(leastOf(long, 'ipv4')).toBeGreaterThanOrEqual(15 * 7.2 + 16);
  expect(leastOf(long, 'ipv6')).toBeGreaterThanOrEqual(37 * 7.2 + 16);
  expect(leastOf(long, 'subnet')).toBeGreaterThanOrEqual(18 * 7.2 + 16 + 66);
  expect(tableWidths(long).least).toBeGreaterThan(tableWidths(short).least);
});

it('fits beside the inspector as before where addresses are short', () => {
  expect(tableWidths(rowsWith('10.0.0.2', '', '10.70.1.0/24')).least).toBeLessThanOrEqual(1372 + 20);
});

it('covers of a column at the edge what is not seen whole', () => {
  const edges = [
    { left: 100, right: 200 },
    { left: 200, right: 300 },
  ];
  expect(cutOff(edges, 230)).toBe(30);
  expect(cutOff(edges, 300)).toBe(0);
  expect(cutOff(edges, 200)).toBe(0);
});
