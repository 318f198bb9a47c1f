/** Which flags a command may have here; one with any other is the CLI's to carry out. */
export interface Known {
  valued?: readonly string[];
  plain?: readonly string[];
}

/** The words of a command line. */
export interface Words {
  /** What stands behind the flags. */
  rest: string[];
  has(...names: string[]): boolean;
  /** All values of a flag, whichever of its names it was given by. */
  all(...names: string[]): string[];
  /** The last one. */
  last(...names: string[]): string | undefined;
}

/** Flags first, then the rest, `=` between none and its value: as tests write them. Undefined for any other form. */
export function readWords(args: readonly string[], { valued = [], plain = [] }: Known): Words | undefined {
  const given: { name: string; value: string }[] = [];
  let at = 0;
  for (; args[at]?.startsWith('-'); at++) {
    const name = args[at] ?? '';
    const value = args[at + 1];
    if (plain.includes(name)) given.push({ name, value: '' });
    else if (valued.includes(name) && value !== undefined) {
      given.push({ name, value });
      at++;
    } else return undefined;
  }
  const all = (...names: string[]) =>
    given.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  return {
    rest: args.slice(at),
    has: (...names) => all(...names).length > 0,
    all,
    last: (...names) => all(...names).at(-1),
  };
}

/** `a=b` each; undefined where one has no `=`. */
export function readPairs(values: readonly string[]): Record<string, string> | undefined {
  const pairs = values.map((value) => /^([^=]+)=(.*)$/s.exec(value));
  return pairs.some((pair) => pair === null)
    ? undefined
    : Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}
