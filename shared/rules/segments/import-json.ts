import type { Variables } from './import-variables';

export type Json = Record<string, unknown>;

export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Compose takes maps, and lists of `name=value`. */
export function textMap(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(record(value)).map(([name, one]) => [name, text(one)]));
  }
  return Object.fromEntries(
    value.map(text).map((one) => {
      const at = one.indexOf('=');
      return at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

const deepest = 8;

/** Of two files the later one counts; lists are put one behind the other, as Compose does. */
export function merged(base: unknown, over: unknown, depth = 0): unknown {
  if (depth > deepest) return undefined;
  if (Array.isArray(base) && Array.isArray(over)) return [...(base as unknown[]), ...(over as unknown[])];
  const [one, two] = [record(base), record(over)];
  if (Object.keys(one).length === 0 || Object.keys(two).length === 0) return over;
  const keys = new Set([...Object.keys(one), ...Object.keys(two)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      !(key in two) ? one[key] : !(key in one) ? two[key] : merged(one[key], two[key], depth + 1),
    ]),
  );
}

/** Puts values in the place of variables in every text of some data; keys stay, as Compose leaves them. */
export class Interpolation {
  /** Variables without a value, as they are written. */
  readonly missing: string[] = [];

  constructor(private readonly variables: Variables) {}

  of(value: unknown, depth = 0): unknown {
    // Nothing of a network is that deep; what an anchor makes of itself has no end.
    if (depth > deepest) return undefined;
    if (typeof value === 'string') {
      const { text: filled, missing } = this.variables.expand(value);
      this.missing.push(...missing);
      return filled;
    }
    if (Array.isArray(value)) return value.map((one) => this.of(one, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.of(one, depth + 1)]));
  }
}
