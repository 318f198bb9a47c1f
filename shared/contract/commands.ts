import { z } from 'zod';
import {
  changePreviewSchema,
  changeRecordSchema,
  changeRequestSchema,
  engineSchema,
  preferencesSchema,
  problemSchema,
  snapshotSchema,
  trafficHistorySchema,
  trafficIndexSchema,
} from '../model';

const none = z.object({});
const engine = z.object({ engineId: z.string() });

/** What the window shows about the console itself. */
export const appInfoSchema = z.object({
  version: z.string(),
  /** `desktop` runs in Electron, `web` in a browser on loopback. */
  transport: z.enum(['desktop', 'web']),
  /** True when only the simulated engines run: nothing real is touched. */
  demo: z.boolean(),
  /** Why no real engine was found; present with `demo` unless it was asked for. */
  demoReason: problemSchema.optional(),
  /** The operating system's locale, BCP 47. */
  locale: z.string(),
  platform: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const addressUseSchema = z.object({
  address: z.string(),
  kind: z.enum(['gateway', 'excluded', 'pinned', 'automatic']),
  engineId: z.string(),
  /** Container or exclusion name; empty for gateways. */
  owner: z.string(),
});
export type AddressUse = z.infer<typeof addressUseSchema>;

export const addressPlanSchema = z.object({
  subnet: z.string(),
  gateways: z.array(z.string()),
  /** Automatic range of each engine that shares the subnet. */
  ranges: z.array(z.object({ engineId: z.string(), networkId: z.string(), range: z.string() })),
  used: z.array(addressUseSchema),
  /** The next address that is free, outside every automatic range where possible. */
  suggestion: z.string().optional(),
});
export type AddressPlan = z.infer<typeof addressPlanSchema>;

/**
 * Every command: what it takes and what it gives. Both transports, their checks and the client's types derive from
 * this one map; a command that is not here does not exist.
 */
export const commands = {
  'app.info': { input: none, output: appInfoSchema },
  'engines.list': { input: none, output: z.array(engineSchema) },
  /** Tries an offline engine at once instead of at its next turn. */
  'engines.retry': { input: engine, output: none },
  'inventory.get': { input: none, output: snapshotSchema },
  /** Reads one engine again from the start. */
  'inventory.refresh': { input: engine, output: none },
  /** The engine's own JSON, unchanged. */
  'inventory.raw': {
    input: z.object({
      engineId: z.string(),
      kind: z.enum(['engine', 'network', 'container']),
      id: z.string(),
    }),
    output: z.unknown(),
  },
  /** Who holds what in the subnet of a network, over all engines that share it. */
  'address.plan': {
    input: z.object({ engineId: z.string(), networkId: z.string() }),
    output: addressPlanSchema,
  },
  'change.preview': { input: z.object({ request: changeRequestSchema }), output: changePreviewSchema },
  'change.apply': { input: z.object({ id: z.string() }), output: changeRecordSchema },
  'change.undo': { input: z.object({ id: z.string() }), output: changeRecordSchema },
  /** The change log, newest first. */
  'change.list': {
    input: z.object({ limit: z.number().int().min(1).max(1000).default(100) }),
    output: z.array(changeRecordSchema),
  },
  'traffic.index': { input: none, output: trafficIndexSchema },
  'traffic.history': {
    input: z.object({
      engineId: z.string(),
      /** One container, or all of the engine when absent. */
      containerId: z.string().optional(),
      /** Only interfaces on this network. */
      networkId: z.string().optional(),
      /** Only this interface. */
      interface: z.string().optional(),
      /** How far back, seconds. */
      seconds: z.number().int().min(10).max(3600),
      points: z.number().int().min(2).max(120).default(120),
    }),
    output: trafficHistorySchema,
  },
  'preferences.get': { input: none, output: preferencesSchema },
  'preferences.set': { input: preferencesSchema.partial(), output: preferencesSchema },
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** What a caller passes: defaults may be left out. */
export type CommandInput<N extends CommandName> = z.input<Commands[N]['input']>;
/** What a handler receives: defaults filled in. */
export type CommandArgs<N extends CommandName> = z.output<Commands[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<Commands[N]['output']>;
/** One handler for each command: the whole console, without a transport. */
export type CommandHandlers = { [N in CommandName]: (args: CommandArgs<N>) => Promise<CommandOutput<N>> };

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
