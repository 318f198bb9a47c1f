import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListReader, most, parseBounded, TooManyError } from './json-scan';

function readIn(pieces: readonly Buffer[]): unknown[] {
  const reader = new ListReader((json) => json);
  for (const piece of pieces) reader.push(piece);
  return reader.end();
}

const cutAt = (body: Buffer, at: number) => [body.subarray(0, at), body.subarray(at)];

describe('a list that is read as it comes', () => {
  it('is what the parser makes of it, wherever it is cut and however it is spaced', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(400), fc.constantFrom(0, 2), (list, at, space) => {
        const body = Buffer.from(` ${JSON.stringify(list, null, space)}\n`);
        const expected = JSON.parse(body.toString()) as unknown[];
        expect(readIn(cutAt(body, Math.min(at, body.length)))).toEqual(expected);
        expect(readIn([...body].map((byte) => Buffer.from([byte])))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['', ' ', '{}', 'null', '[', '[1', '[1,]', '[,1]', '[1]]', '[1] x', '[1}', '["a]', '[{]', '[1 2]'])(
    '“%s” is none',
    (text) => {
      expect(() => readIn([Buffer.from(text)])).toThrow(SyntaxError);
    },
  );

  it('leaves out what is not taken', () => {
    const reader = new ListReader((json) => (json === 1 ? undefined : json));
    reader.push(Buffer.from('[1,2,[1,"]"]]'));
    expect(reader.end()).toEqual([2, [1, ']']]);
  });

  it('has a bound for entries, for the values of one, and for bytes', () => {
    const list = (entry: string, times: number) => Buffer.from(`[${Array(times).fill(entry).join(',')}]`);
    expect(readIn([list('0', most.entries)])).toHaveLength(most.entries);
    expect(() => readIn([list('0', most.entries + 1)])).toThrow(TooManyError);
    expect(() => readIn([Buffer.from(`[{"a":[${'0,'.repeat(most.values)}`)])).toThrow(TooManyError);
    expect(() => readIn([Buffer.from(`["${'x'.repeat(most.bytes)}"]`)])).toThrow(TooManyError);
  });
});

describe('JSON that is no list', () => {
  it('is parsed where it has no more values than it may', () => {
    expect(parseBounded(Buffer.from('{"a":[1,"[,:{"]}'))).toEqual({ a: [1, '[,:{'] });
    expect(() => parseBounded(Buffer.from('{"a":'))).toThrow(SyntaxError);
    expect(() => parseBounded(Buffer.from(`[${'{},'.repeat(most.values)}1]`))).toThrow(TooManyError);
  });
});
