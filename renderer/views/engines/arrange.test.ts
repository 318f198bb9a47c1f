import { describe, expect, it } from 'vitest';
import { groupEngines } from '../../../shared/rules';
import { placeGroup, placeHost } from './arrange';

const groups = groupEngines(
  ['a', 'b', 'c', 'd', 'e'].map((id, position) => ({
    ...{ id, name: id, position },
    ...(position % 2 ? { group: 'odd' } : {}),
  })),
);

describe('placing', () => {
  it('moves a host within its group, and everything else keeps its order', () => {
    expect(placeHost(groups, 'e', 0)).toEqual(['e', 'a', 'c', 'b', 'd']);
    expect(placeHost(groups, 'b', 1)).toEqual(['a', 'c', 'e', 'd', 'b']);
  });

  it('moves a group as a whole', () => {
    expect(placeGroup(groups, 'odd', 0)).toEqual(['b', 'd', 'a', 'c', 'e']);
  });

  it('is nothing at the ends, at the same place and for strangers', () => {
    expect(placeHost(groups, 'a', -1)).toBeNull();
    expect(placeHost(groups, 'd', 2)).toBeNull();
    expect(placeHost(groups, 'a', 0)).toBeNull();
    expect(placeHost(groups, 'z', 0)).toBeNull();
    expect(placeGroup(groups, 'odd', 2)).toBeNull();
    expect(placeGroup(groups, 'even', 0)).toBeNull();
  });
});
