import { commands, type CommandHandlers, type CommandName, type CommandRow, type Commands } from './commands';

/** The commands that a read-only console lacks. */
export type EngineCommand = {
  [N in CommandName]: Commands[N]['effect'] extends 'engine' ? N : never;
}[CommandName];

export const changesEngine = (name: CommandName): name is EngineCommand => commands[name].effect === 'engine';

/** Commands that need a window of the system's own: the web console does not have them. */
export type DesktopCommand = {
  [N in CommandName]: Commands[N] extends { desktopOnly: true } ? N : never;
}[CommandName];

export const isDesktopOnly = (name: CommandName): name is DesktopCommand =>
  (commands[name] as CommandRow).desktopOnly === true;

/** What the console itself does, whichever transport serves it. */
export type ConsoleHandlers = Omit<CommandHandlers, DesktopCommand>;
/** What the desktop adds. */
export type DesktopHandlers = Pick<CommandHandlers, DesktopCommand>;

/** The console as a transport serves it: what changes an engine may be missing, and what only the desktop has. */
export type ServedHandlers = Omit<ConsoleHandlers, EngineCommand> &
  Partial<Pick<CommandHandlers, EngineCommand | DesktopCommand>>;

/** What a read-only console serves. */
export const lookingOnly = (handlers: ConsoleHandlers): ServedHandlers =>
  Object.fromEntries(
    Object.entries(handlers).filter(([name]) => !changesEngine(name as CommandName)),
  ) as Partial<ConsoleHandlers> as ServedHandlers;
