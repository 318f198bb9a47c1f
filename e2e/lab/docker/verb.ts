import type { Engine } from './engine';

/** Does what the CLI does for the arguments behind the verb, and gives what it writes; undefined leaves it to the CLI. */
export type Verb = (engine: Engine, args: string[]) => Promise<string | undefined>;
