import { describe, expect, it } from 'vitest';
import { accepts, labelsFit, nameFits, readFilters } from './filters';

describe('filters', () => {
  it('reads lists and the older maps', () => {
    expect(readFilters('{"name":["a","b"]}', ['name']).get('name')).toEqual(['a', 'b']);
    expect(readFilters('{"name":{"a":true}}', ['name']).get('name')).toEqual(['a']);
    expect(readFilters(null, []).size).toBe(0);
  });

  it('refuses unknown names and what is not JSON', () => {
    expect(() => readFilters('{"bogus":["x"]}', ['name'])).toThrow("Invalid filter 'bogus'");
    expect(() => readFilters('nonsense', ['name'])).toThrow("invalid character 'n'");
  });

  it('accept when absent, empty or fitting', () => {
    const filters = readFilters('{"name":["a"],"id":[]}', ['name', 'id']);
    expect(accepts(filters, 'name', (wanted) => wanted === 'a')).toBe(true);
    expect(accepts(filters, 'name', (wanted) => wanted === 'b')).toBe(false);
    expect(accepts(filters, 'id', () => false)).toBe(true);
    expect(accepts(filters, 'status', () => false)).toBe(true);
  });

  it('take names as expressions, and as text where they are none', () => {
    expect(nameFits('^/web', '/web-1')).toBe(true);
    expect(nameFits('^web', '/web-1')).toBe(false);
    expect(nameFits('b(', '/b(c')).toBe(true);
    expect(nameFits('(', '/web')).toBe(false);
  });

  it('want every label', () => {
    const filters = readFilters('{"label":["a","b=1"]}', ['label']);
    expect(labelsFit(filters, { a: '', b: '1' })).toBe(true);
    expect(labelsFit(filters, { a: '', b: '2' })).toBe(false);
    expect(labelsFit(filters, { b: '1' })).toBe(false);
  });
});
