import type { ChangeRecord } from '../../model';
import { contains, containsCidr, parseCidr, parseIp, plainAddress } from '../basics/cidr';

/** What a record says, as far as it can be searched: its texts and its ids. */
interface Said {
  texts: readonly string[];
  ids: readonly string[];
}

const isId = (key: string): boolean => key === 'id' || key.endsWith('Id');
/** What the console needs of a record and no admin would know it by. */
const unsaid = new Set(['op', 'field', 'recovery', 'pictures', 'message', 'hint', 'engineText']);

/** What the window calls what asked for a change. */
const askedBy: Readonly<Record<string, string>> = { guard: 'address guard', 'command-line': '--apply' };

/** As keyboards and editors make them of ". */
const plainQuotes = (text: string): string => text.replace(/[“”„]/g, '"');

/** How a search says a whole name; one with quotes in it can only be found by its parts. */
export function exactly(name: string): string {
  const plain = plainQuotes(name);
  return plain.includes('"') ? plain.replaceAll('"', ' ') : `"${name}"`;
}

function collect(value: unknown, key: string, said: { texts: string[]; ids: string[] }): void {
  if (typeof value === 'string') (isId(key) ? said.ids : said.texts).push(plainQuotes(value.toLowerCase()));
  else if (typeof value === 'number' && key === 'vlan') said.texts.push(String(value));
  else if (Array.isArray(value)) for (const each of value) collect(each, key, said);
  else if (value !== null && typeof value === 'object')
    for (const [name, each] of Object.entries(value)) if (!unsaid.has(name)) collect(each, name, said);
}

const saidBy = (record: ChangeRecord): Said => {
  const said = { texts: record.by ? [askedBy[record.by] ?? ''] : [], ids: [] };
  collect(record, '', said);
  return said;
};

type Meets = (said: Said) => boolean;

const some =
  (fits: (text: string) => boolean): Meets =>
  ({ texts }) =>
    texts.some(fits);

/** A subnet is found by itself and by what lies in it. */
function inPrefix(word: string): Meets | null {
  const prefix = parseCidr(word);
  if (!prefix) return null;
  return some((text) => {
    const cidr = parseCidr(text);
    if (cidr) return containsCidr(prefix, cidr);
    const ip = parseIp(text);
    return ip !== null && contains(prefix, ip);
  });
}

/**
 * 10.0.0.5 is not part of 10.0.0.50, as it would be of any other text. What ends in `::` is mostly the beginning of an address
 * that is being typed.
 */
function isAddress(word: string): Meets | null {
  if (!parseIp(word) || word.endsWith('::')) return null;
  const wanted = plainAddress(word);
  return some((text) => plainAddress(text) === wanted);
}

/** Ids are known whole, or by a beginning that is as long as the short form of engines: twelve characters. */
const isPart =
  (word: string): Meets =>
  ({ texts, ids }) =>
    texts.some((text) => text.includes(word)) ||
    ids.some((id) => id === word || (word.length >= 12 && id.startsWith(word)));

const meetsOf = (word: string, whole: boolean): Meets =>
  whole ? some((text) => text === word) : (inPrefix(word) ?? isAddress(word) ?? isPart(word));

/**
 * Searches the change log. Every word of `find` has to be met: an address is met by itself alone, a prefix
 * (`10.0.0.0/24`) by all that lies in it, an id by its beginning (twelve characters at least), a text in quotes by a name
 * that is just so, and any other by part of a name, an address, a MAC, an interface, a kind or an outcome. Case does not
 * matter. Gives whether a record is found; an empty text finds all.
 */
export function changeFinder(find: string): (record: ChangeRecord) => boolean {
  const plain = plainQuotes(find.toLowerCase());
  const words = [...plain.matchAll(/"([^"]*)"?|[^\s"]+/g)];
  const all = words.flatMap(([word, quoted]) =>
    quoted === undefined ? meetsOf(word, false) : quoted.trim() === '' ? [] : meetsOf(quoted.trim(), true),
  );
  if (all.length === 0) return () => true;
  return (record) => {
    const said = saidBy(record);
    return all.every((meets) => meets(said));
  };
}
