import { readFile } from 'node:fs/promises';
import { ProblemError, type EngineConfig } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { readSettings } from './settings-text';
import type { Addresses } from './ways';

/** A plain list has addresses and nothing else; what begins like YAML is YAML. */
const yamlBegins = /^(?:---|[-[{%]|(?:version|engines|hosts)\s*:)/;

const withoutComment = (line: string): string => line.replace(/(^|\s)#.*$/, '').trim();

/**
 * Reads what `--hosts-file` names: the same as `engines.yaml`, or a plain list with one address a line, `#` before what
 * is no address. It is never written.
 *
 * @throws ProblemError `invalid_input` for a file that can't be read or is wrong: it was asked for
 */
export async function readHostsFile(file: string, addresses: Addresses): Promise<EngineConfig[]> {
  const refuse = (detail: string, cause?: unknown) =>
    new ProblemError(problem('invalid_input', { detail: `--hosts-file ${file}: ${detail}` }), { cause });
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw refuse(error.message, error);
  });
  const read = readSettings(asSettings(text), addresses);
  if (read.state === 'broken') throw refuse(read.detail);
  if (read.state === 'newer')
    throw refuse(`it is of a newer Trunkline (version ${read.version} of its form)`);
  return read.configs;
}

function asSettings(text: string): string {
  const lines = text.split(/\r?\n/).map(withoutComment).filter(Boolean);
  if (lines.length === 0 || yamlBegins.test(lines[0] ?? '')) return text;
  return JSON.stringify({ version: 1, engines: [...new Set(lines)].map((address) => ({ address })) });
}
