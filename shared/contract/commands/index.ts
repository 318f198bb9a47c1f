import type { z } from 'zod';
import { appCommands } from './app';
import { changeCommands } from './changes';
import { engineCommands } from './engines';
import { guardCommands } from './guards';
import { hostCommands, toolboxCommands } from './hosts';
import { inventoryCommands, trafficCommands } from './inventory';
import type { CommandRow } from './row';
import { runCommands } from './runs';
import { segmentCommands } from './segments';

export { effectKinds, type CommandRow, type Effect } from './row';

/**
 * Every command: what it takes, what it gives, what it changes, what it does. Both transports, their checks and the
 * client's types derive from this one map; a command that is not here does not exist.
 */
export const commands = {
  ...appCommands,
  ...engineCommands,
  ...inventoryCommands,
  ...changeCommands,
  ...segmentCommands,
  ...toolboxCommands,
  ...hostCommands,
  ...guardCommands,
  ...runCommands,
  ...trafficCommands,
} satisfies Record<string, CommandRow>;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller passes: defaults may be left out. */
export type CommandInput<N extends CommandName> = z.input<Commands[N]['input']>;
/** What a handler receives: defaults filled in. */
export type CommandArgs<N extends CommandName> = z.output<Commands[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<Commands[N]['output']>;
/** One handler for each command: the whole console, without a transport. */
export type CommandHandlers = { [N in CommandName]: (args: CommandArgs<N>) => Promise<CommandOutput<N>> };

export const commandNames = Object.keys(commands) as CommandName[];
export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
