import { describe, expect, it } from 'vitest';
import { twoHosts } from '../../testing/fixtures';
import { findResults } from './results';

const names = (query: string, limit = 10) =>
  findResults(twoHosts(), query, limit).results.map((each) => each.name);

describe('search', () => {
  it('finds nothing for nothing', () => {
    expect(findResults(twoHosts(), '  ', 10)).toEqual({ results: [], total: 0 });
  });

  it('finds containers by address and says so', () => {
    const { results } = findResults(twoHosts(), '10.70.1.2', 10);
    expect(results[0]).toMatchObject({ name: 'db', matched: '10.70.1.2', host: 'b' });
  });

  it('finds by MAC without regard to case', () => {
    expect(names('02:42:0A')).toContain('db');
  });

  it('puts names before what else matches', () => {
    expect(names('lan')).toEqual(['lan', 'lan', 'db']);
  });

  it('finds hosts', () => {
    expect(findResults(twoHosts(), '/run/a.sock', 10).results[0]?.selection).toEqual({
      kind: 'engine',
      engineId: 'a',
    });
  });

  it('counts what it leaves out', () => {
    const found = findResults(twoHosts(), 'lan', 1);
    expect([found.results.length, found.total]).toEqual([1, 3]);
  });
});
