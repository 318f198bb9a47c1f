import { afterEach, describe, expect, it, vi } from 'vitest';
import { Alias } from 'yaml';
import { ReasonError } from './reason-error';
import { parseYaml, readYaml, YAMLParseError } from './yaml-text';

const thrown = (text: string, options = {}): unknown => {
  try {
    return parseYaml(text, options);
  } catch (error) {
    return error;
  }
};
const coded = (text: string, options = {}) => {
  const error = thrown(text, options);
  return error instanceof ReasonError ? error.reason.code : error;
};

describe('a text of somebody else’s', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ['a directive', '%\u001b]0;X\u0007\n---\na: 1\n'],
    ['a tag', 'a: !!js/function "\u001b[2J"\n'],
    ['a key that is a list', '? [\u0085, b]\n: 1\n'],
    ['an anchor that is not there', 'a: *\u009b\n'],
  ])('says nothing to the terminal: %s', (_what, text) => {
    const said = [
      vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined),
      vi.spyOn(console, 'warn').mockImplementation(() => undefined),
      vi.spyOn(console, 'log').mockImplementation(() => undefined),
      vi.spyOn(process.stderr, 'write').mockImplementation(() => true),
    ];
    thrown(text);
    for (const each of said) expect(each).not.toHaveBeenCalled();
  });

  it.each([
    ['brackets', '['.repeat(1 << 20)],
    ['braces', '{a: '.repeat(1 << 18)],
    ['brackets that close nothing', ']'.repeat(1 << 20)],
    ['lists in lists', '- '.repeat(1 << 19)],
    ['keys of keys', '? '.repeat(1 << 19)],
    ['lines each deeper', Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['lists each deeper', Array.from({ length: 60 }, (_, at) => `${' '.repeat(at * 8)}- - - -`).join('\n')],
  ])('is refused where it is too deep: %s', (_what, text) => {
    expect(coded(text)).toBe('yaml_deep');
  });

  it.each([
    ['lines', '\n'.repeat(1 << 22)],
    ['entries', `[${'a,'.repeat(1 << 19)}]`],
    ['entries of a list', '- a\n'.repeat(1 << 18)],
    ['keys', Array.from({ length: 150_000 }, (_, at) => `k${String(at)}:`).join('\n')],
    ['anchors', '&a '.repeat(1 << 18)],
  ])('is refused where it has too many parts: %s', (_what, text) => {
    expect(coded(text)).toBe('yaml_many');
  });

  it('is refused where it has more aliases than allowed', () => {
    const aliases = (count: number) => `a: &a x\nb: [${Array(count).fill('*a').join(', ')}]`;
    expect(thrown(aliases(10), { aliases: 10 })).toMatchObject({ b: Array(10).fill('x') });
    expect(coded(aliases(11), { aliases: 10 })).toBe('yaml_aliases');
    expect(thrown(aliases(1))).toBeInstanceOf(ReferenceError);
  });

  it('has each key once, told with its place however many there are', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${String(at)}: ${String(at)}\n`).join('');
    expect(Object.keys(parseYaml(keys) as object)).toHaveLength(20_000);
    const twice = thrown(`${keys}k7: 1\n`);
    expect(twice).toBeInstanceOf(YAMLParseError);
    expect(twice).toMatchObject({ code: 'DUPLICATE_KEY', linePos: [{ line: 20_001, col: 1 }, {}] });
    // A number and a text of the same looks are two keys.
    expect(thrown('1: a\n"1": b\n')).toEqual({ 1: 'b' });
  });

  it('may be as deep and as long as people write', () => {
    const deep = Array.from({ length: 40 }, (_, at) => `${'  '.repeat(at)}a:`).join('\n');
    expect(thrown(deep)).not.toBeInstanceOf(Error);
    const engines = Array.from({ length: 1000 }, (_, at) => `  - address: ssh://admin@h${String(at)}\n`);
    expect(parseYaml(`version: 1\nengines:\n${engines.join('')}`)).toMatchObject({ version: 1 });
  });

  it('tells the place of what is wrong', () => {
    expect(thrown('a: 1\nb: "x\n')).toMatchObject({ linePos: [{ line: 3 }, {}] });
  });
});

describe('the line of what stands at a path', () => {
  const text = ['one: &a', '  x: 1', 'two: *a', 'three: &a', '  x: 2', '  y: 3', 'four: *a', 'five: *a'].join(
    '\n',
  );

  it('is where an alias leads, to the last anchor of its name before it', () => {
    const { lineOf } = readYaml(text, { aliases: 10 });
    expect(lineOf(['two', 'x'])).toBe(2);
    expect(lineOf(['four', 'x'])).toBe(5);
    expect(lineOf(['five', 'y'])).toBe(6);
    // What it has not, stands nowhere: the alias itself is the last that does.
    expect(lineOf(['two', 'y'])).toBe(3);
  });

  it('is not looked for through the whole document, each time', () => {
    const { lineOf } = readYaml(text, { aliases: 10 });
    const resolve = vi.spyOn(Alias.prototype, 'resolve');
    for (const name of ['two', 'four', 'five']) lineOf([name, 'x']);
    expect(resolve).not.toHaveBeenCalled();
    resolve.mockRestore();
  });
});
