import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { taskTable } from '../../electron/toolbox/tasks/table';
import { toolboxTasks } from '../../electron/toolbox/tasks';
import { commandTable, openApi, pushTable } from '../../shared/contract';
import { wantedPlanJsonSchema } from '../../shared/model';

const root = join(import.meta.dirname, '../..');
const protocol = join(root, 'docs/protocol.md');
const description = join(root, 'docs/openapi.json');

const toolbox = join(root, 'docs/toolbox.md');
const planSchema = join(root, 'assets/plan.schema.json');

type Tables = Record<string, () => string>;

/** Puts each table between its two marks in the file. @throws Error where a mark is missing. */
async function filled(file: string, tables: Tables): Promise<string> {
  return Object.entries(tables).reduce(
    (whole, [name, table]) => {
      const [open, close] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`];
      const [start, end] = [whole.indexOf(open), whole.indexOf(close)];
      if (start < 0 || end < start) throw new Error(`${file} lacks ${open} … ${close}`);
      return `${whole.slice(0, start + open.length)}\n\n${table()}\n\n${whole.slice(end)}`;
    },
    await readFile(file, 'utf8'),
  );
}

const tidy = async (file: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(file)), filepath: file });

/** What derives from the contract and the toolbox's tasks, as it should stand in the repository: path → text. */
export async function derivedDocs(): Promise<Map<string, string>> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return new Map([
    [protocol, await tidy(protocol, await filled(protocol, { commands: commandTable, pushes: pushTable }))],
    [toolbox, await tidy(toolbox, await filled(toolbox, { tasks: () => taskTable(toolboxTasks) }))],
    [description, await tidy(description, JSON.stringify(openApi(version)))],
    [planSchema, await tidy(planSchema, JSON.stringify(wantedPlanJsonSchema()))],
  ]);
}

/** `npm run docs` */
if (process.argv[1] === import.meta.filename)
  for (const [file, text] of await derivedDocs()) await writeFile(file, text);
