import { expect } from 'vitest';

/** The type of a field: `null|` in front when the engine may say null, `?` at the end of a name when it may be absent. */
type Leaf =
  | 'string'
  | 'number'
  | 'boolean'
  | 'object'
  | 'array'
  | 'null|object'
  | 'null|array'
  | 'null|number'
  | 'null|boolean';
export interface Shape {
  [field: string]: Leaf | Shape;
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** Fields that are missing or of another type, by path. What is there beyond the shape is no matter. */
export function mismatches(value: unknown, shape: Shape, at = ''): string[] {
  if (typeOf(value) !== 'object') return [`${at || '.'} is ${typeOf(value)}`];
  const object = value as Record<string, unknown>;
  return Object.entries(shape).flatMap(([key, wanted]) => {
    const name = key.replace(/\?$/, '');
    const path = `${at}.${name}`;
    if (!(name in object)) return key.endsWith('?') ? [] : [`${path} is missing`];
    if (typeof wanted !== 'string') return mismatches(object[name], wanted, path);
    return wanted.split('|').includes(typeOf(object[name]))
      ? []
      : [`${path} is ${typeOf(object[name])}, not ${wanted}`];
  });
}

export function expectShape(value: unknown, shape: Shape): void {
  expect(mismatches(value, shape)).toEqual([]);
}
