/**
 * Names that the main process and the preload meet by. No zod in here: the preload imports it, and the names of the
 * commands and pushes themselves reach it as arguments, from the contract.
 */
export const commandChannel = (name: string): string => `command:${name}`;
export const pushChannel = (name: string): string => `push:${name}`;

const commandsFlag = '--trunkline-commands=';
const pushesFlag = '--trunkline-pushes=';

export interface KnownNames {
  commands: readonly string[];
  pushes: readonly string[];
}

/** For `webPreferences.additionalArguments`, which Electron appends to the preload's `process.argv`. */
export const namesToArguments = ({ commands, pushes }: KnownNames): string[] => [
  commandsFlag + commands.join(','),
  pushesFlag + pushes.join(','),
];

/** The other direction; empty lists, so that nothing can be called, where the arguments are missing. */
export function namesFromArguments(argv: readonly string[]): KnownNames {
  const list = (flag: string) =>
    argv
      .find((argument) => argument.startsWith(flag))
      ?.slice(flag.length)
      .split(',') ?? [];
  return { commands: list(commandsFlag), pushes: list(pushesFlag) };
}
