import type { z } from 'zod';

/**
 * What a command changes: `nothing`; what the console keeps for itself (`console`: its settings, its files); or an
 * `engine` or its host, and be it by a helper container that only looks. A read-only console has no command of the
 * last kind.
 */
export const effectKinds = ['nothing', 'console', 'engine'] as const;
export type Effect = (typeof effectKinds)[number];

/**
 * One command: what it takes, what it gives, what it changes, and what it does in plain English. The transports' checks,
 * the client's types, the read-only console, the table in `docs/protocol.md` and the OpenAPI description derive from it.
 */
export interface CommandRow {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly effect: Effect;
  /** Complete sentences, for those who call it: units, limits, and what an answer means. */
  readonly says: string;
  /** Needs a window of the system's own: the web console does not have it. */
  readonly desktopOnly?: true;
}

/** A folder of commands; each literal keeps its own type. */
export const rows = <const T extends Record<string, CommandRow>>(table: T): T => table;
