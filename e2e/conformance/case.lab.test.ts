import { describe, expect, it } from 'vitest';
import { checkNames, runCase } from './case';

const known = { why: 'it takes what others refuse', instead: /"refused":false/ };
const finds = (found: unknown) => (): Promise<void> => {
  expect(found).toEqual({ refused: true });
  return Promise.resolve();
};

describe('a case of the suite', () => {
  it('fails as it does where no difference is listed', async () => {
    await runCase(finds({ refused: true }), undefined);
    await expect(async () => runCase(finds({ refused: false }), undefined)).rejects.toThrow(
      'to deeply equal',
    );
  });

  it('has to differ in just the way that is listed', async () => {
    await runCase(finds({ refused: false }), known);
    await expect(runCase(finds({ refused: true }), known)).rejects.toThrow('it is none (any more)');
    await expect(runCase(finds({ refused: 'perhaps' }), known)).rejects.toThrow('not in the way');
    const broken = () => Promise.reject(new Error('no answer'));
    await expect(runCase(broken, known)).rejects.toThrow('no answer');
  });

  it('has to be there when a difference is listed for it', () => {
    checkNames({ one: known }, new Set(['one', 'two']));
    checkNames(undefined, new Set());
    expect(() => checkNames({ none: known }, new Set(['one']))).toThrow('none');
  });
});
