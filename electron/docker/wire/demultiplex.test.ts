import { describe, expect, it } from 'vitest';
import { demultiplex } from './demultiplex';

function framed(type: number, text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

describe('demultiplex', () => {
  it('keeps output and errors apart, each in one piece', () => {
    const data = Buffer.concat([framed(1, 'eth0 02:'), framed(2, 'cat: oops'), framed(1, '42\n')]);
    expect(demultiplex(data)).toEqual({ stdout: 'eth0 02:42\n', stderr: 'cat: oops' });
  });

  it('takes a stream without heads as it is, and a cut one as far as it goes', () => {
    expect(demultiplex(Buffer.from('eth0 02:42:ac:11:00:02\n')).stdout).toBe('eth0 02:42:ac:11:00:02\n');
    expect(demultiplex(framed(1, 'hello').subarray(0, 10)).stdout).toBe('he');
    expect(demultiplex(Buffer.alloc(0))).toEqual({ stdout: '', stderr: '' });
  });

  it('does not cut a letter that lies across two frames', () => {
    const bytes = Buffer.from('é');
    const half = (part: Buffer) => Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, part.length]), part]);
    expect(demultiplex(Buffer.concat([half(bytes.subarray(0, 1)), half(bytes.subarray(1))])).stdout).toBe(
      'é',
    );
  });
});
