import { describe, expect, it } from 'vitest';
import { errorPatterns, problemFromText } from './error-patterns';
import { engineTextOf } from './errors';
import { dockerWordings } from '../testing/wordings';

describe('the engine’s words', () => {
  it.each(dockerWordings)('%s: "%s" is %s', (_from, text, code) => {
    const problem = problemFromText(text);
    expect(problem?.code).toBe(code);
    // Every placeholder of the sentence is filled, and no sentence is left hanging.
    expect(problem?.message).toMatch(/^[^{}]+\.$/);
    expect(problem?.message).not.toContain('“”');
  });

  it('are read for what they speak of', () => {
    expect(problemFromText('network dm-6d54b58aa700 is already using parent interface eth1')).toMatchObject({
      field: 'spec.parent',
      params: { parent: 'eth1' },
    });
    expect(problemFromText('auxiliary address: (a:fd00::1) must belong to the master pool: x')).toMatchObject(
      {
        params: { name: 'a', address: 'fd00::1' },
      },
    );
    expect(problemFromText('invalid subnet 10.1.2.3/24: it should be 10.1.2.0/24')).toMatchObject({
      hint: 'You probably mean 10.1.2.0/24.',
      params: { subnet: '10.1.2.3/24', to: '10.1.2.0/24' },
    });
    expect(problemFromText('vlan id must be between 1-4094, received: 5000')?.message).toContain('5000');
  });

  it('speak of the host as such where its name is not known', () => {
    expect(problemFromText('-o parent interface was not found on the host: nope0')?.message).toBe(
      'The host has no network interface nope0.',
    );
    expect(problemFromText('network with name m1 already exists')?.message).toBe(
      'A network “m1” already exists on the host.',
    );
  });

  it('name the modes that there are', () => {
    expect(problemFromText("requested ipvlan mode 'x' is not valid, 'l2' mode is the default")?.hint).toBe(
      'Possible: l2, l3, l3s.',
    );
    expect(problemFromText('unknown constructor mode "x"')?.params?.choices).toContain('bridge, private');
    expect(problemFromText('unknown macvlan mode "x"')?.params?.choices).toBe(
      'bridge, private, vepa, passthru',
    );
  });

  it('stay unknown when they are new', () => {
    expect(problemFromText('the flux capacitor is empty')).toBeUndefined();
    expect(problemFromText('')).toBeUndefined();
  });
});

describe('words that are made to take long', () => {
  /** Each literal part of a pattern, over and over, and what its groups take without end. */
  const hard = (source: string): string[] => {
    const parts = source
      .replace(/\\s/g, ' ')
      .replace(/\\(.)/g, '$1')
      .split(/\(\?:|\[[^\]]*\]|S?\{\d+,\d+\}\??|[()|^$?]/)
      .filter((part) => part.length > 1);
    return [...parts, parts.join('m'), parts.join('m').slice(0, -1), 'm', '"', '" ', 'm '];
  };
  const long = (part: string) => part.repeat(Math.ceil(200_000 / part.length));

  it.each(errorPatterns.map(({ match }) => [match.source, match] as const))(
    '%s ends, whatever it is given',
    (source, match) => {
      // Without a bound, each place where a group may begin reads all that follows.
      expect(source).not.toMatch(/(?<!\\)[*+]|\{\d+,\}/);
      expect(source).not.toMatch(/^\(?(\.|\\S|\[)/);
      for (const part of hard(source)) match.exec(long(part));
    },
  );

  it('are cut before they are looked at', () => {
    for (const body of [
      long('m'),
      JSON.stringify({ message: long('m') }),
      JSON.stringify({ message: 'm'.repeat(10_000) }),
    ])
      expect(engineTextOf(body).length).toBeLessThan(2_100);
    expect(problemFromText(engineTextOf(long('m')))).toBeUndefined();
  });
});

it('says of an id no more than its beginning', () => {
  const id = '0123456789ab'.padEnd(64, 'c');
  expect(problemFromText(`network ${id} not found`)?.params).toMatchObject({ network: '0123456789ab' });
});
