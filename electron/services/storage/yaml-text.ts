import {
  Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  YAMLParseError,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  type YAMLMap,
} from 'yaml';
import { reason, type ReadYaml } from '../../../shared/rules';
import { ReasonError } from './reason-error';

// The one door to the library: nothing else imports it (eslint.config.js).
export { isMap, isScalar, isSeq, LineCounter, stringify, YAMLParseError } from 'yaml';
export type { Document, YAMLMap } from 'yaml';

export interface YamlReading {
  /**
   * How many aliases a text may have, and how often one may be repeated by what it stands for. None unless given: what
   * we write has no alias, and expanding them is how a small file fills the memory.
   */
  aliases?: number;
  /** Follows `<<`. */
  merge?: boolean;
  lineCounter?: LineCounter;
}

/** The deepest nesting that is read; the library goes down by recursion. */
const deepest = 100;
/** Signs that begin or end something: the library takes about a second for so many. */
const mostMarks = 100_000;

/** Of the library's own settings: what it warns of would reach the terminal in the text's own words. */
const quiet = { logLevel: 'error', prettyErrors: false, uniqueKeys: false } as const satisfies ParseOptions &
  DocumentOptions &
  SchemaOptions;

const marks = new Set([...'\n,[]{}:&*!'].map((each) => each.charCodeAt(0)));
const [tab, space, dash, question, colon] = [9, 32, 45, 63, 58];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** The columns at which a line nests: where it begins, and behind each of `- ? :` and a blank. */
function columnsOf(text: string, start: number): number[] {
  let at = start;
  while (text.charCodeAt(at) === space) at += 1;
  const columns = [at - start];
  while ([dash, question, colon].includes(text.charCodeAt(at)) && columns.length <= deepest) {
    at += 1;
    const blank = at;
    while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at += 1;
    if (at === blank) break;
    columns.push(at - start);
  }
  return columns;
}

/**
 * Looks over a text once, before the library does, which takes long over what is deep or has many parts. Brackets count
 * wherever they stand: a hundred that are not closed are no text of anybody's.
 *
 * @throws ReasonError
 */
function checkSize(text: string): void {
  let [count, brackets] = [0, 0];
  const indents: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (at === 0 || text.charCodeAt(at - 1) === 0x0a) {
      const columns = columnsOf(text, at);
      while ((indents.at(-1) ?? -1) >= (columns[0] ?? 0)) indents.pop();
      indents.push(...columns);
      if (indents.length > deepest) throw new ReasonError(reason('yaml_deep'));
    }
    if (!marks.has(code)) continue;
    count += 1;
    if (opening.has(code)) brackets += 1;
    else if (closing.has(code)) brackets -= 1;
    if (Math.abs(brackets) > deepest) throw new ReasonError(reason('yaml_deep'));
    if (count > mostMarks) throw new ReasonError(reason('yaml_many'));
  }
}

/** The library compares each key of a map with all before it; this looks each up once. */
function repeatedKey(document: Document.Parsed, merge: boolean): [number, number] | null {
  let found: [number, number] | null = null;
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key } of map.items.filter(isPair)) {
        if (!isScalar(key)) continue;
        const name = `${typeof key.value} ${String(key.value)}`;
        if (seen.has(name) && !(merge && key.value === '<<')) {
          const [start = 0, end = start] = key.range ?? [];
          found = [start, end];
          return visit.BREAK;
        }
        seen.add(name);
      }
      return undefined;
    },
  });
  return found;
}

function aliasesOf(document: Document.Parsed): number {
  let count = 0;
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) count += 1;
    },
  });
  return count;
}

/**
 * Reads a text as one YAML document. Nothing of it reaches the terminal, and it takes no longer than its length allows.
 *
 * @throws YAMLParseError the first thing that is wrong, with its place in `linePos`
 * @throws ReasonError for a text that is too deep or has too many parts or aliases
 */
export function parseYamlDocument(text: string, options: YamlReading = {}): Document.Parsed {
  const { aliases = 0, merge = false, lineCounter = new LineCounter() } = options;
  checkSize(text);
  const document = parseDocument(text, { ...quiet, merge, lineCounter });
  let [wrong] = document.errors;
  const twice = wrong ? null : repeatedKey(document, merge);
  if (twice) wrong = new YAMLParseError(twice, 'DUPLICATE_KEY', 'Map keys must be unique');
  if (wrong) {
    wrong.linePos ??= [lineCounter.linePos(wrong.pos[0]), lineCounter.linePos(wrong.pos[1])];
    throw wrong;
  }
  // How they are followed, once they are few, is for whoever asks for the data.
  if (aliases > 0 && aliasesOf(document) > aliases) throw new ReasonError(reason('yaml_aliases'));
  return document;
}

/** The data of a text; throws as {@link parseYamlDocument}, and the library's ReferenceError for an alias too many. */
export function parseYaml(text: string, options: YamlReading = {}): unknown {
  const { aliases = 0 } = options;
  // The library counts what is repeated as well as how often; an anchor itself is one.
  return parseYamlDocument(text, options).toJS({ maxAliasCount: aliases && aliases + 1 });
}

/** The pairs of a map by their keys, each map looked over once. */
type Pairs = WeakMap<object, Map<string, YAMLMap['items'][number]>>;

/** What is known of a document, for it to be looked over once and not for each path. */
interface Lookup {
  pairs: Pairs;
  /** What each alias stands for. */
  aliased: Map<unknown, unknown>;
}

/** The last of the anchor's name before it (YAML 1.2.2, 7.1). The library looks for it through the whole document, each time. */
function aliasedIn(document: Document.Parsed): Map<unknown, unknown> {
  const anchors = new Map<string, unknown>();
  const aliased = new Map<unknown, unknown>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) aliased.set(node, anchors.get(node.source));
      else if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
  });
  return aliased;
}

function pairOf(map: YAMLMap, key: string | number, pairs: Pairs) {
  let own = pairs.get(map);
  if (!own) {
    own = new Map(
      map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
    );
    pairs.set(map, own);
  }
  return own.get(String(key));
}

/** A step down from a node, along an alias where there is one, and where the step's own text begins. */
function stepDown(node: unknown, step: string | number, { pairs, aliased }: Lookup) {
  const own = isAlias(node) ? aliased.get(node) : node;
  if (isSeq(own)) {
    const next = own.items[Number(step)];
    return { next, start: isNode(next) ? next.range?.[0] : undefined };
  }
  const pair = isMap(own) ? pairOf(own, step, pairs) : undefined;
  return { next: pair?.value, start: isScalar(pair?.key) ? pair.key.range?.[0] : undefined };
}

/**
 * The data of a text, and the line of what stands at a path: that of its last part that is in the text, as `<<` puts in
 * what stands elsewhere. Throws as {@link parseYaml}.
 */
export function readYaml(text: string, options: YamlReading = {}): ReadYaml {
  const { aliases = 0 } = options;
  const lineCounter = new LineCounter();
  const document = parseYamlDocument(text, { ...options, lineCounter });
  const lookup: Lookup = { pairs: new WeakMap(), aliased: aliasedIn(document) };
  return {
    data: document.toJS({ maxAliasCount: aliases && aliases + 1 }) as unknown,
    lineOf: (path) => {
      let [node, line]: [unknown, number] = [document.contents, 1];
      for (const step of path) {
        const { next, start } = stepDown(node, step, lookup);
        if (start === undefined) break;
        line = lineCounter.linePos(start).line;
        node = next;
      }
      return line;
    },
  };
}

/** A document of its own, to be written. */
export const newYamlDocument = (value: unknown): Document => new Document(value, quiet);
