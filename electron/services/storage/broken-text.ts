import { z } from 'zod';
import type { Reason } from '../../../shared/model';
import { faultOf, reason, systemReason, type ReasonCode } from '../../../shared/rules';
import { ReasonError } from './reason-error';
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseYamlDocument,
  YAMLParseError,
  type Document,
} from './yaml-text';

type Path = readonly PropertyKey[];
type Plain = Extract<ReasonCode, `yaml_${'twice' | 'tab' | 'indent' | 'open' | 'alias' | 'documents'}`>;

/** What the parser's codes mean to who wrote the file; what is none of these is quoted. */
const yamlFaults: Partial<Record<YAMLParseError['code'], Plain>> = {
  DUPLICATE_KEY: 'yaml_twice',
  TAB_AS_INDENT: 'yaml_tab',
  BAD_INDENT: 'yaml_indent',
  MISSING_CHAR: 'yaml_open',
  BAD_ALIAS: 'yaml_alias',
  MULTIPLE_DOCS: 'yaml_documents',
};

/** One line, without the excerpt of the file that a parser may add. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/[:.]\s*$/, '');

function yamlWhy({ code, message }: YAMLParseError): Reason {
  const known = yamlFaults[code];
  const words = firstLine(message).replace(/ at line \d+, column \d+$/, '');
  return known === undefined ? reason('yaml_broken', { words }) : reason(known);
}

function yamlReason(error: YAMLParseError): Reason {
  const why = yamlWhy(error);
  const [at] = error.linePos ?? [];
  return at === undefined ? why : reason('yaml_at', { line: at.line, column: at.col, why });
}

/** Where a path begins in the text, or as much of it as is there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isScalar(each.key) && each.key.value === key);
      if (!pair || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (typeof node !== 'object' || node === null || !('range' in node)) break;
      offset = (node.range as [number] | undefined)?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** The fault with its place: the line, and for an entry of a list its number, counted from 1. */
function placed(why: Reason, path: Path, document: Document.Parsed, lines: LineCounter): Reason {
  if (path.length === 0) return why;
  const { line } = lines.linePos(offsetOf(document, path));
  const last = path.at(-1);
  if (typeof last === 'number') return reason('at_entry', { number: last + 1, line, why });
  return reason('at_line', { line, path: path.map(String).join('.'), why });
}

const named = (why: Reason, path: Path): Reason =>
  path.length === 0 ? why : reason('at_path', { path: path.map(String).join('.'), why });

/** Characters; the lines of a longer text are not counted out. */
const placedMost = 512 * 1024;

/** The text with its places. JSON is YAML, so that both are read by the same parser; null where that takes too long. */
function mapped(text: string, lineCounter: LineCounter): Document.Parsed | null {
  if (text.length > placedMost) return null;
  try {
    return parseYamlDocument(text, { lineCounter });
  } catch {
    return null;
  }
}

/** To what does not belong there, where something does not. */
const pathOf = ({ path, key }: { path: Path; key?: string }): Path =>
  key === undefined ? path : [...path, key];

/**
 * What is wrong, and where that is, counted from 1 as editors do; null where the text has no place for it. See
 * {@link brokenText}, which says the place in the same sentence.
 */
export function brokenAt(
  error: unknown,
  text: string,
): { place: { line: number; column: number } | null; why: Reason } {
  if (error instanceof YAMLParseError) {
    const [at] = error.linePos ?? [];
    return { place: at ? { line: at.line, column: at.col } : null, why: yamlWhy(error) };
  }
  if (!(error instanceof ReasonError || error instanceof z.ZodError))
    return { place: null, why: brokenText(error, text) };
  const lineCounter = new LineCounter();
  const document = mapped(text, lineCounter);
  const fault =
    error instanceof ReasonError
      ? { path: error.path, why: error.reason }
      : faultOf(error.issues, document?.toJS({ maxAliasCount: 0 }));
  const at = document && lineCounter.linePos(offsetOf(document, pathOf(fault)));
  return { place: at ? { line: at.line, column: at.col } : null, why: named(fault.why, fault.path) };
}

/**
 * What is wrong with the text of a file, YAML or JSON, from what its reader threw.
 *
 * @param asWritten the path in the text of a path in the data, where the reader has brought that into another form
 */
export function brokenText(
  error: unknown,
  text: string,
  asWritten: (path: Path) => Path = (path) => path,
): Reason {
  if (error instanceof ReasonError && error.path.length === 0) return error.reason;
  if (error instanceof ReasonError || error instanceof z.ZodError) {
    const lineCounter = new LineCounter();
    const document = mapped(text, lineCounter);
    const { path, why } =
      error instanceof ReasonError
        ? { path: error.path, why: error.reason }
        : faultOf(error.issues, document?.toJS({ maxAliasCount: 0 }));
    return document ? placed(why, asWritten(path), document, lineCounter) : named(why, asWritten(path));
  }
  if (error instanceof YAMLParseError) return yamlReason(error);
  // The yaml package's own for aliases that are not followed.
  if (error instanceof ReferenceError) return reason('yaml_alias');
  if (error instanceof SyntaxError) return reason('json_broken', { words: firstLine(error.message) });
  return systemReason(error);
}
