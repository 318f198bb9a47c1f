import { badRequest, systemError } from '../engine/errors';

/** Name → accepted values. */
export type Filters = Map<string, string[]>;

/**
 * Reads `filters=`: `{"name":["a"]}`, or the older `{"name":{"a":true}}`.
 * @throws EngineError as the engine does for text that is not JSON, and 400 for a name outside `known`
 */
export function readFilters(text: string | null, known: readonly string[]): Filters {
  if (!text) return new Map();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw systemError(`invalid character '${text.charAt(0)}' looking for beginning of value`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw badRequest('invalid filter');
  const filters: Filters = new Map();
  for (const [name, value] of Object.entries(parsed as Record<string, unknown>)) {
    if (!known.includes(name)) throw badRequest(`Invalid filter '${name}'`);
    if (Array.isArray(value)) filters.set(name, value.map(String));
    else if (typeof value === 'object' && value !== null) filters.set(name, Object.keys(value));
  }
  return filters;
}

/** True when the filter is absent or accepts at least one of the values. */
export function accepts(filters: Filters, name: string, test: (wanted: string) => boolean): boolean {
  const wanted = filters.get(name);
  return !wanted || wanted.length === 0 || wanted.some(test);
}

/** The engine reads name filters as regular expressions, and as plain text where they are none. */
export function nameFits(wanted: string, name: string): boolean {
  if (name.includes(wanted)) return true;
  try {
    return new RegExp(wanted).test(name);
  } catch {
    return false;
  }
}

/** `key` or `key=value`; all of them must fit. */
export function labelsFit(filters: Filters, labels: Record<string, string>): boolean {
  return (filters.get('label') ?? []).every((wanted) => {
    const at = wanted.indexOf('=');
    return at < 0 ? wanted in labels : labels[wanted.slice(0, at)] === wanted.slice(at + 1);
  });
}
