import { describe, expect, it } from 'vitest';
import { groupEngines, orderEngines } from './engines';
import { engine } from '../testing';

const host = (name: string, position: number, group?: string) =>
  engine({ id: name, name, position, ...(group === undefined ? {} : { group }) });

describe('orderEngines', () => {
  it('has the admin’s order, and names where there is none', () => {
    const names = (engines: ReturnType<typeof host>[]) => orderEngines(engines).map((each) => each.name);
    expect(names([host('a', 2), host('b', 0), host('c', 1)])).toEqual(['b', 'c', 'a']);
    expect(names([host('web10', 0), host('web2', 0)])).toEqual(['web2', 'web10']);
  });

  it('keeps a group together where its first host stands', () => {
    const engines = [host('a', 0), host('b', 1, 'Rack 2'), host('c', 2), host('d', 3, 'Rack 2')];
    expect(groupEngines(engines).map(({ name, engines: of }) => [name, of.map((each) => each.name)])).toEqual(
      [
        ['', ['a', 'c']],
        ['Rack 2', ['b', 'd']],
      ],
    );
  });

  it('does not depend on the order of its input', () => {
    const engines = [host('a', 1, 'x'), host('b', 0), host('c', 0, 'x'), host('d', 5)];
    expect(orderEngines([...engines].reverse())).toEqual(orderEngines(engines));
  });
});
