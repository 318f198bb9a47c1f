import { z } from 'zod';
import { commandNames, commands, type CommandRow } from './commands';
import { isDesktopOnly } from './effects';
import { pushes, type PushRow } from './pushes';

interface Shape {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
}

/** `"a" | "b"` for a closed list, `[…]` for many; nothing where the name says it. */
function briefly(shape: Shape): string {
  if (shape.const !== undefined) return `: ${JSON.stringify(shape.const)}`;
  if (shape.enum && shape.enum.length <= 4)
    return `: ${shape.enum.map((each) => JSON.stringify(each)).join(' | ')}`;
  return shape.type === 'array' ? '[]' : '';
}

/** What a command takes, in one line: `{engineId, refresh?}`. The schema says the rest. */
export function inputInBrief(input: z.ZodType): string {
  const shape = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape;
  const { properties = {}, required = [] } = shape;
  const parts = Object.entries(properties).map(
    ([name, each]) => `${name}${required.includes(name) ? '' : '?'}${briefly(each)}`,
  );
  return `{${parts.join(', ')}}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const plain = (text: string): string => text.replaceAll('|', '\\|');

/** The commands as a table in Markdown. */
export function commandTable(): string {
  const lines = commandNames.map((name) => {
    const command: CommandRow = commands[name];
    const where = isDesktopOnly(name) ? ' Desktop only.' : '';
    const input = `\`${inputInBrief(command.input)}\``;
    return row([`\`${name}\``, plain(input), command.effect, plain(command.says + where)]);
  });
  return [row(['command', 'input', 'changes', 'what it does']), row(['-', '-', '-', '-']), ...lines].join(
    '\n',
  );
}

/** The pushes as a table in Markdown. */
export function pushTable(): string {
  const lines = Object.entries<PushRow>(pushes).map(([name, { says }]) => row([`\`${name}\``, plain(says)]));
  return [row(['push', 'when, and what it says']), row(['-', '-']), ...lines].join('\n');
}
