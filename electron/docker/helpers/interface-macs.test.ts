import { expect, it } from 'vitest';
import { parseMacs } from './interface-macs';

it('parseMacs leaves out the loopback and what has no MAC', () => {
  const text =
    'lo 00:00:00:00:00:00\neth0 02:42:AC:11:00:02\r\ntunl0 0.0.0.0\nmissing \neth1 02:42:0a:46:01:14\n';
  expect([...parseMacs(text)]).toEqual([
    ['eth0', '02:42:ac:11:00:02'],
    ['eth1', '02:42:0a:46:01:14'],
  ]);
});
