/** A variable, or a command's output, that a text leaves to its surroundings. */
export interface Ask {
  /** `ETHCARD` for `$ETHCARD`; a command as it is written, `$(hostname)`. */
  name: string;
  /** What stands for it now: what was given, or the text's own default; empty where there is neither. */
  value: string;
}

const named = /^\$(?:\{([A-Za-z_]\w*)(?:(:?[-=+?])([\s\S]*))?\}|([A-Za-z_]\w*|\d))$/;

/** The values of a text's variables: its own assignments, then what was given, then its defaults. */
export class Variables {
  private readonly own = new Map<string, string>();
  /** What was asked for, in order, each once. */
  readonly asks = new Map<string, Ask>();

  constructor(private readonly given: Readonly<Record<string, string>> = {}) {}

  assign(name: string, value: string): void {
    this.own.set(name, value);
  }

  /** What was given, or assigned by the text. */
  known(name: string): string | undefined {
    // An own name only: `constructor` is no value.
    return this.own.get(name) ?? (Object.hasOwn(this.given, name) ? this.given[name] : undefined);
  }

  /**
   * The value of `$NAME`, `${NAME}` with or without a default, or `$(command)`; null where nobody has told it.
   * @param expression as it is written
   * @param quiet where nothing is made of it yet, so that nobody need be asked
   */
  valueOf(expression: string, quiet = false): string | null {
    const parts = named.exec(expression);
    const name = parts?.[1] ?? parts?.[4] ?? expression;
    const [operator = '', word = ''] = [parts?.[2], parts?.[3]];
    if (this.own.has(name)) return this.withOperator(this.own.get(name) ?? '', operator, word);
    const known = this.known(name);
    if (operator.endsWith('+')) return known ? this.expand(word).text : '';
    const standard = /[-=]$/.test(operator) ? this.expand(word) : null;
    const value = known || (standard?.missing.length === 0 ? standard.text : '');
    if (!quiet) this.asks.set(name, { name, value });
    return value === '' && standard === null ? null : value;
  }

  private withOperator(value: string, operator: string, word: string): string {
    if (operator.endsWith('+')) return value ? this.expand(word).text : '';
    return value === '' && /^:[-=]$/.test(operator) ? this.expand(word).text : value;
  }

  /** Puts values into a text as Compose does; `$$` is a dollar sign. What has no value stays as it is written, and is told. */
  expand(text: string): { text: string; missing: string[] } {
    const missing: string[] = [];
    let out = '';
    for (let at = 0; at < text.length;) {
      const end = text[at] === '$' ? expressionEnd(text, at) : at;
      if (text.startsWith('$$', at)) {
        out += '$';
        at += 2;
      } else if (end > at) {
        const written = text.slice(at, end);
        const value = this.valueOf(written);
        if (value === null) missing.push(written);
        out += value ?? written;
        at = end;
      } else {
        out += text[at] ?? '';
        at += 1;
      }
    }
    return { text: out, missing };
  }
}

/** Longer ones nobody writes; each is looked through once for every bracket in it. */
const longest = 2000;

/** Where the bracket that opens at `at` is closed, behind it; -1 where it never is. */
function closing(text: string, at: number, open: string, close: string): number {
  let depth = 0;
  for (let index = at; index < Math.min(text.length, at + longest); index += 1) {
    if (text[index] === open) depth += 1;
    if (text[index] === close) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return -1;
}

/** Where the expression ends that begins with the `$` or backtick at `at`; `at` itself where none begins. */
export function expressionEnd(text: string, at: number): number {
  if (text[at] === '`') return Math.max(text.indexOf('`', at + 1) + 1, at);
  const next = text[at + 1] ?? '';
  if (next === '{') return Math.max(closing(text, at + 1, '{', '}'), at);
  if (next === '(') return Math.max(closing(text, at + 1, '(', ')'), at);
  const name = /^(?:[A-Za-z_]\w*|\d)/.exec(text.slice(at + 1, at + 200));
  return name ? at + 1 + name[0].length : at;
}
