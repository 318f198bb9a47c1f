import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { commandTable, openApi, pushTable } from '../../shared/contract';

const root = join(import.meta.dirname, '../..');
const protocol = join(root, 'docs/protocol.md');
const description = join(root, 'docs/openapi.json');

const tables: Record<string, () => string> = { commands: commandTable, pushes: pushTable };

/** Puts each table between its two marks. @throws Error where a mark is missing. */
function filled(text: string): string {
  return Object.entries(tables).reduce((whole, [name, table]) => {
    const [open, close] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
    const [start, end] = [whole.indexOf(open), whole.indexOf(close)];
    if (start < 0 || end < start) throw new Error(`docs/protocol.md lacks ${open} … ${close}`);
    return `${whole.slice(0, start + open.length)}\n\n${table()}\n\n${whole.slice(end)}`;
  }, text);
}

const tidy = async (file: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(file)), filepath: file });

/** What derives from the contract, as it should stand in the repository: path → text. */
export async function derivedDocs(): Promise<Map<string, string>> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return new Map([
    [protocol, await tidy(protocol, filled(await readFile(protocol, 'utf8')))],
    [description, await tidy(description, JSON.stringify(openApi(version)))],
  ]);
}

/** `npm run docs` */
if (process.argv[1] === import.meta.filename)
  for (const [file, text] of await derivedDocs()) await writeFile(file, text);
