import { access, constants, readdir } from 'node:fs/promises';
import { devNull } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import SSHConfig, { LineType, type Directive, type Line, type Match, type Section } from 'ssh-config';
import type { Reason } from '../../../shared/model';
import { reason, reasonText } from '../../../shared/texts/reason';
import { systemReason, systemWords } from '../../../shared/rules/basics/system-reason';
import { readPlainFile } from '../../files/plain-file';
import { isPlainName, matchesPatterns } from './patterns';

/** Why a file of SSH's settings can't be followed, and which. */
export class SshConfigError extends Error {
  constructor(
    readonly reason: Reason,
    options?: ErrorOptions,
  ) {
    super(reasonText(reason), options);
    this.name = 'SshConfigError';
  }
}

/** A line of `~/.ssh/config` as it counts: a setting, or a block of them that is for some hosts only. */
export type ConfigLine =
  | { kind: 'setting'; name: string; words: string[] }
  | { kind: 'host'; patterns: string[]; lines: ConfigLine[] }
  | { kind: 'match'; criteria: { name: string; words: string[] }[]; lines: ConfigLine[] }
  /** The content of files that are included here. */
  | { kind: 'include'; lines: ConfigLine[] };

/** Thousands of hosts. Bytes. */
const LARGEST = 4 * 1024 * 1024;

/** As deep as OpenSSH goes. */
const DEEPEST = 16;

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

function wordsOf(value: Directive['value']): string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

/** Files that a path with wildcards stands for, sorted; those that begin with a dot only where it says so. */
async function expand(path: string): Promise<string[]> {
  if (isPlainName(path.replaceAll('!', ''))) return [path];
  const parents = dirname(path) === path ? [path] : await expand(dirname(path));
  const pattern = basename(path);
  const found = parents.map(async (parent) => {
    if (isPlainName(pattern)) return [join(parent, pattern)];
    const names = await readdir(parent).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    });
    const fitting = names.filter(
      (name) => (pattern.startsWith('.') || !name.startsWith('.')) && matchesPatterns([pattern], name),
    );
    return fitting.sort().map((name) => join(parent, name));
  });
  return (await Promise.all(found)).flat();
}

/** Where what a file names is looked for. */
interface Place {
  home: string;
  /** Where relative paths begin: `~/.ssh`, or the folder of the system's own file. */
  folder: string;
}

function resolvePath(path: string, { home, folder }: Place): string {
  if (path === '~' || path.startsWith('~/')) return join(home, path.slice(1));
  return isAbsolute(path) ? path : join(folder, path);
}

async function include(words: string[], place: Place, depth: number): Promise<ConfigLine> {
  const lines: ConfigLine[] = [];
  for (const word of words)
    for (const file of await expand(resolvePath(word, place)))
      lines.push(...(await readLines(file, place, depth + 1)));
  return { kind: 'include', lines };
}

const isSection = (line: Line): line is Section | Match => 'config' in line;

async function convert(line: Line, place: Place, depth: number): Promise<ConfigLine[]> {
  if (line.type !== LineType.DIRECTIVE) return [];
  const name = line.param.toLowerCase();
  if (isSection(line)) {
    const lines = await convertAll(line.config, place, depth);
    if ('criteria' in line) {
      const criteria = Object.entries(line.criteria).map(([key, value]) => ({
        name: key.toLowerCase(),
        words: wordsOf(value),
      }));
      return [{ kind: 'match', criteria, lines }];
    }
    return [{ kind: 'host', patterns: wordsOf(line.value), lines }];
  }
  const words = wordsOf(line.value);
  if (name === 'include') return [await include(words, place, depth)];
  return [{ kind: 'setting', name, words }];
}

async function convertAll(lines: readonly Line[], place: Place, depth: number): Promise<ConfigLine[]> {
  const all: ConfigLine[] = [];
  for (const line of lines) all.push(...(await convert(line, place, depth)));
  return all;
}

async function readLines(file: string, place: Place, depth: number): Promise<ConfigLine[]> {
  if (depth > DEEPEST) throw new SshConfigError(reason('ssh_include', { file }));
  let text: string;
  try {
    text = file === devNull ? '' : (await readPlainFile(file, LARGEST)).toString();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw new SshConfigError(reason('file_unread', { file, why: systemReason(error) }), { cause: error });
  }
  let parsed: SSHConfig;
  try {
    parsed = SSHConfig.parse(text);
  } catch (error) {
    const words = systemWords(error).split('\n')[0] ?? '';
    throw new SshConfigError(reason('ssh_unparsed', { file, words }), { cause: error });
  }
  return convertAll(parsed, place, depth);
}

/**
 * Reads `~/.ssh/config` and then, as OpenSSH does, the system's own file, with all that they include; nothing of it is run.
 * One that is absent says nothing, nor does a system's that nobody but root may read. Rejects with an {@link SshConfigError}, which
 * names the file.
 */
export async function readSshConfig(home: string, system?: string): Promise<ConfigLine[]> {
  const folder = join(home, '.ssh');
  const own = await readLines(join(folder, 'config'), { home, folder }, 0);
  if (system === undefined || !(await isReadable(system))) return own;
  const lines = await readLines(system, { home, folder: dirname(system) }, 0);
  // A file of its own: what the other ends with does not reach into it.
  return [...own, { kind: 'include', lines }];
}

const isReadable = (file: string): Promise<boolean> =>
  access(file, constants.R_OK).then(
    () => true,
    () => false,
  );

/** Names that `Host` lines give to single hosts, in their order; patterns are left out. */
export function namedHosts(lines: readonly ConfigLine[]): string[] {
  const names = lines.flatMap((line) => {
    if (line.kind === 'setting') return [];
    const own = line.kind === 'host' ? line.patterns.filter(isPlainName) : [];
    return [...own, ...namedHosts(line.lines)];
  });
  return [...new Set(names)];
}
