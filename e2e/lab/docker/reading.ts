import type { Engine } from './engine';
import { readPairs, readWords, type Words } from './flags';
import type { Verb } from './verb';

/** `{{.A.B}}` or `{{json .A.B}}` of something; undefined for other templates. */
function readTemplate(template: string): ((from: unknown) => string | undefined) | undefined {
  const [, json, path] = /^\{\{(json )?((?:\.\w+)+)\}\}$/.exec(template) ?? [];
  if (path === undefined) return undefined;
  const keys = path.slice(1).split('.');
  return (from) => {
    let value = from;
    for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key];
    if (value === undefined) return undefined;
    if (json) return JSON.stringify(value);
    return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
  };
}

type Find = (engine: Engine, name: string) => Promise<unknown>;

/** Where there is no such thing, what is said of it is the CLI's to word. */
const inspectBy =
  (findIn: (type: string | undefined) => Find | undefined): Verb =>
  async (engine, args) => {
    const words = readWords(args, { valued: ['-f', '--format', '--type'] });
    const find = words && findIn(words.last('--type'));
    if (!find || words.rest.length === 0) return undefined;
    const template = words.last('-f', '--format');
    const show = template === undefined ? undefined : readTemplate(template);
    if (template !== undefined && !show) return undefined;
    const found: unknown[] = [];
    for (const name of words.rest) found.push(await find(engine, name));
    if (found.includes(undefined)) return undefined;
    if (!show) return JSON.stringify(found, null, 4);
    const shown = found.map(show);
    return shown.includes(undefined) ? undefined : shown.join('\n');
  };

const containerOf: Find = (engine, name) => engine.find(`/containers/${name}/json`);
const networkOf: Find = (engine, name) => engine.find(`/networks/${name}`);
const eitherOf: Find = async (engine, name) =>
  (await containerOf(engine, name)) ?? (await networkOf(engine, name));
const finds: Partial<Record<string, Find>> = { container: containerOf, network: networkOf };

/** `?filters=` of the flags; undefined where one has no value. */
function queryOf(words: Words, query: Record<string, string> = {}): string | undefined {
  const filters: Record<string, Record<string, true>> = {};
  for (const each of words.all('--filter', '-f')) {
    const [pair] = Object.entries(readPairs([each]) ?? {});
    if (!pair) return undefined;
    filters[pair[0]] = { ...filters[pair[0]], [pair[1]]: true };
  }
  const isFiltered = Object.keys(filters).length > 0;
  const whole = new URLSearchParams({
    ...query,
    ...(isFiltered && { filters: JSON.stringify(filters) }),
  }).toString();
  return whole && `?${whole}`;
}

/** How a list is written: short or whole ids, or names. Undefined for any other form. */
function formOf(words: Words, name: string): 'id' | 'whole' | 'name' | undefined {
  const format = words.last('--format');
  if (words.has('-q', '-aq')) return format ? undefined : words.has('--no-trunc') ? 'whole' : 'id';
  return format === name ? 'name' : undefined;
}

const listFlags = {
  plain: ['-q', '-a', '-aq', '--no-trunc'],
  valued: ['--filter', '-f', '--format'],
};

const written = (all: { id: string; name: string }[], form: 'id' | 'whole' | 'name') =>
  all.map(({ id, name }) => (form === 'name' ? name : form === 'id' ? id.slice(0, 12) : id)).join('\n');

const ps: Verb = async (engine, args) => {
  const words = readWords(args, listFlags);
  const form = words && formOf(words, '{{.Names}}');
  const query = words && queryOf(words, words.has('-a', '-aq') ? { all: '1' } : {});
  if (!form || query === undefined || words.rest.length > 0) return undefined;
  const all = (await engine.ask('GET', `/containers/json${query}`)) as { Id: string; Names: string[] }[];
  // A link's name has a second slash.
  const own = (names: string[]) => names.flatMap((name) => /^\/([^/]+)$/.exec(name)?.[1] ?? []).join(',');
  return written(
    all.map(({ Id, Names }) => ({ id: Id, name: own(Names) })),
    form,
  );
};

/** As the CLI sorts them. */
const order = new Intl.Collator('en', { numeric: true });

const networkLs: Verb = async (engine, args) => {
  const words = readWords(args, listFlags);
  const form = words && formOf(words, '{{.Name}}');
  const query = words && queryOf(words);
  if (!form || query === undefined || words.rest.length > 0) return undefined;
  const all = (await engine.ask('GET', `/networks${query}`)) as { Id: string; Name: string }[];
  return written(
    all.map(({ Id, Name }) => ({ id: Id, name: Name })).sort((one, two) => order.compare(one.name, two.name)),
    form,
  );
};

export const readingVerbs: Record<string, Verb> = {
  ps,
  inspect: inspectBy((type) => (type === undefined ? eitherOf : finds[type])),
};
export const readingNetworks: Record<string, Verb> = {
  ls: networkLs,
  inspect: inspectBy((type) => (type === undefined ? networkOf : undefined)),
};
