import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportEntries } from './entries';
import { exportDomain, hostLabel, hostNames } from './host-names';
import { held, source, use } from './testing';

const namesOf = (used: Parameters<typeof source>[0]) => {
  const entries = exportEntries(source(used), null);
  const names = hostNames(entries);
  return { names: entries.map(names.nameOf), renamed: names.renamed(entries) };
};

describe('a name', () => {
  it.each([
    ['Web_1', 'web-1'],
    ['stack.web.1', 'stack-web-1'],
    ['--x--', 'x'],
    ['Bücher', 'bucher'],
    ['a'.repeat(70), 'a'.repeat(63)],
    [`${'a'.repeat(62)}-b`, 'a'.repeat(62)],
    ['主机', ''],
    ['', ''],
  ])('%j is %j', (text, label) => {
    expect(hostLabel(text)).toBe(label);
  });

  it('is valid whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(hostLabel(text)).toMatch(/^$|^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
    );
  });

  it.each([
    ['', ''],
    [' .Home.Arpa. ', 'home.arpa'],
    ['lan', 'lan'],
    ['a..b', null],
    ['-a.b', null],
    ['a b', null],
    ['a\nb', null],
    [`${'a.'.repeat(100)}b`, null],
  ])('%j as a domain is %j', (text, domain) => {
    expect(exportDomain(text)).toBe(domain);
  });
});

describe('the names of a LAN', () => {
  it('are told apart by the host, then by a number, and a host keeps its own', () => {
    const { names, renamed } = namesOf([
      use('10.70.1.50', 'host', 'eth0'),
      held('10.70.1.51', 'atlas'),
      held('10.70.1.52', 'web.1'),
      held('10.70.1.53', 'web_1'),
      held('10.70.1.54', 'web-1', { engineId: 'e2' }),
      held('10.70.1.55', 'web-1-borea'),
    ]);
    expect(names).toEqual([
      ...['atlas', 'atlas-atlas', 'web-1-atlas-2', 'web-1-atlas', 'web-1-borea-2', 'web-1-borea'],
    ]);
    expect(renamed).toContainEqual({ from: 'web-1', host: 'borea', to: 'web-1-borea-2' });
    expect(renamed).not.toContainEqual(expect.objectContaining({ from: 'web-1-borea' }));
  });

  it('are none where nothing of it may be in a name, and that is told', () => {
    expect(namesOf([held('10.70.1.5', '数据库')])).toEqual({ names: [undefined], renamed: [] });
  });

  it('are never one for two', () => {
    const name = fc.stringMatching(/^[ab._-]{1,5}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 12 }), (all) => {
        const { names } = namesOf(
          all.map((each, at) => held(`10.70.1.${String(at + 2)}`, each, { engineId: at % 2 ? 'e1' : 'e2' })),
        );
        const given = names.filter((each) => each !== undefined);
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });
});

it.each(['ignore', 'infinite', '24h', '8080', 'localhost'])(
  'is another one for %s, which programs take for something else',
  (name) => {
    const { names } = namesOf([held('10.70.1.2', name)]);
    expect(names[0]).not.toBe(name);
    expect(names[0]).toMatch(new RegExp(`^${name}-`));
  },
);
