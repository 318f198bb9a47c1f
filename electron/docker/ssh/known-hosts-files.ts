import { devNull } from 'node:os';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts/messages';
import { reason } from '../../../shared/texts/reason';
import { systemReason } from '../../../shared/rules/basics/system-reason';
import { readPlainFile } from '../../files/plain-file';
import { writeWhole } from '../../files/write-whole';
import { keyType, parseKnownHosts, type KnownHost } from './known-hosts';

/** Some 50,000 hosts. Bytes. */
const LARGEST = 16 * 1024 * 1024;

/** What OpenSSH's own manual names for a file that holds nothing is no plain file, and is meant so. */
const read = async (file: string): Promise<string> =>
  file === devNull ? '' : (await readPlainFile(file, LARGEST)).toString();

/** Lines of all these files, in their order. One that is absent holds none; one that can't be read is a problem. */
export async function readKnownHosts(files: readonly string[], host: string): Promise<KnownHost[]> {
  const reading = files.map(async (file) => {
    try {
      return parseKnownHosts(await read(file), file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return [];
      // Without it a revoked or changed key could pass for an unknown one.
      const detail = reason('file_unread', { file, why: systemReason(error) });
      throw new ProblemError(problem('ssh_config_invalid', { host, detail }), { cause: error });
    }
  });
  return (await Promise.all(reading)).flat();
}

/** One write at a time: each reads what the one before has written. */
let writing: Promise<unknown> = Promise.resolve();

async function append(file: string, line: string): Promise<void> {
  const before = await read(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (before.split('\n').includes(line)) return;
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeWhole(file, `${before}${gap}${line}\n`);
}

/** Adds a host's key to the console's own known_hosts. Rejects with `storage_failed`. */
export async function rememberKey(file: string, name: string, key: Buffer): Promise<void> {
  const line = `${name} ${keyType(key)} ${key.toString('base64')}`;
  const mine = writing.then(() => append(file, line));
  writing = mine.catch(() => undefined);
  try {
    await mine;
  } catch (error) {
    const detail = systemReason(error, 'writing');
    throw new ProblemError(problem('storage_failed', { file, detail }), { cause: error });
  }
}
