import { describe, expect, it } from 'vitest';
import { demultiplex, parseMacs } from './interface-macs';

function framed(type: number, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

describe('demultiplex', () => {
  it('joins the standard output and leaves errors out', () => {
    const data = Buffer.concat([framed(1, 'eth0 02:'), framed(2, 'cat: oops'), framed(1, '42\n')]);
    expect(demultiplex(data)).toBe('eth0 02:42\n');
  });

  it('takes a stream without heads as it is, and a cut one as far as it goes', () => {
    expect(demultiplex(Buffer.from('eth0 02:42:ac:11:00:02\n'))).toBe('eth0 02:42:ac:11:00:02\n');
    expect(demultiplex(framed(1, 'hello').subarray(0, 10))).toBe('he');
    expect(demultiplex(Buffer.alloc(0))).toBe('');
  });
});

it('parseMacs leaves out the loopback and what has no MAC', () => {
  const text =
    'lo 00:00:00:00:00:00\neth0 02:42:AC:11:00:02\r\ntunl0 0.0.0.0\nmissing \neth1 02:42:0a:46:01:14\n';
  expect([...parseMacs(text)]).toEqual([
    ['eth0', '02:42:ac:11:00:02'],
    ['eth1', '02:42:0a:46:01:14'],
  ]);
});
