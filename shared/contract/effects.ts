import type { CommandHandlers, CommandName } from './commands';

/**
 * What a command changes: `nothing`; what the console keeps for itself (`console`: its settings, its files); or an
 * `engine` or its host, and be it by a helper container that only looks. A read-only console has no command of the
 * last kind. Each command is classified here, or this does not compile.
 */
export const effects = {
  'app.info': 'nothing',
  'engines.list': 'nothing',
  'engines.configs': 'nothing',
  'engines.candidates': 'nothing',
  'engines.test': 'nothing',
  'engines.add': 'console',
  'engines.edit': 'console',
  'engines.remove': 'console',
  'engines.arrange': 'console',
  'engines.trust': 'console',
  'engines.unlock': 'console',
  // What this console remembers, and no engine: who may only look may also be asked again.
  'engines.forget': 'console',
  'engines.retry': 'nothing',
  'files.choose': 'nothing',
  'inventory.get': 'nothing',
  'inventory.refresh': 'nothing',
  'inventory.raw': 'nothing',
  'address.plan': 'nothing',
  'change.preview': 'nothing',
  'change.apply': 'engine',
  'change.undo': 'engine',
  'change.recover': 'engine',
  'change.list': 'nothing',
  'segments.list': 'nothing',
  'segments.preview': 'nothing',
  'segments.apply': 'engine',
  'segments.undo': 'engine',
  'segments.recover': 'engine',
  'segments.history': 'nothing',
  'segments.export': 'nothing',
  'segments.import': 'nothing',
  'toolbox.describe': 'nothing',
  // Refusing takes its image away.
  'toolbox.consent': 'engine',
  'toolbox.configure': 'console',
  'host.facts': 'engine',
  'host.probe': 'engine',
  'shims.list': 'nothing',
  'shims.preview': 'nothing',
  'shims.put': 'engine',
  'shims.remove': 'engine',
  'isolation.run': 'engine',
  'isolation.cancel': 'engine',
  'traffic.index': 'nothing',
  'traffic.history': 'nothing',
  'storage.status': 'nothing',
  'preferences.get': 'nothing',
  'preferences.set': 'console',
} as const satisfies Record<CommandName, 'nothing' | 'console' | 'engine'>;

type Effects = typeof effects;

/** The commands that a read-only console lacks. */
export type EngineCommand = {
  [N in CommandName]: Effects[N] extends 'engine' ? N : never;
}[CommandName];

export const changesEngine = (name: CommandName): name is EngineCommand => effects[name] === 'engine';

/** Commands that need a window of the system's own: the web console does not have them. */
export const desktopCommands = ['files.choose'] as const satisfies readonly CommandName[];
export type DesktopCommand = (typeof desktopCommands)[number];

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
