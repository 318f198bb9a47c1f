import { z } from 'zod';
import {
  changePreviewSchema,
  changeRecordSchema,
  changeRequestSchema,
  engineCandidateSchema,
  engineConfigListSchema,
  engineConfigSchema,
  engineConnectionSchema,
  engineSchema,
  engineTestSchema,
  fileKinds,
  hostFactsSchema,
  isolationReportSchema,
  preferencesSchema,
  probeFromSchema,
  probeResultSchema,
  problemSchema,
  recoverActions,
  segmentFileSchema,
  segmentFormats,
  segmentImportSchema,
  segmentListSchema,
  segmentPreviewSchema,
  segmentRecordSchema,
  segmentRequestSchema,
  shimPreviewSchema,
  shimStatusSchema,
  snapshotSchema,
  toolboxDescriptionSchema,
  toolboxSettingsSchema,
  trafficHistorySchema,
  trafficIndexSchema,
} from '../model';

const none = z.object({});
const engine = z.object({ engineId: z.string() });
const onNetwork = engine.extend({ networkId: z.string() });

/** What the window shows about the console itself. */
export const appInfoSchema = z.object({
  version: z.string(),
  /** `desktop` runs in Electron, `web` in a browser on loopback. */
  transport: z.enum(['desktop', 'web']),
  /** True when only the simulated engines run: nothing real is touched. */
  demo: z.boolean(),
  /** Nothing on an engine can be changed: the commands that do don't exist. */
  readOnly: z.boolean(),
  /** Served beyond this machine: one signs in with a password, and can sign out. */
  remote: z.boolean().optional(),
  /** Why no real engine was found; present with `demo` unless it was asked for. */
  demoReason: problemSchema.optional(),
  /** What did not answer, by the name it was found under; empty where nothing was found. */
  demoTried: z.array(z.object({ name: z.string(), problem: problemSchema })).optional(),
  /** The operating system's locale, BCP 47. */
  locale: z.string(),
  platform: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** Empty while all is well. */
export const storageStatusSchema = z.object({ problems: z.array(problemSchema) });
export type StorageStatus = z.infer<typeof storageStatusSchema>;

export const addressUseSchema = z.object({
  address: z.string(),
  /** The last address, where a range is held; `address` is its first. */
  to: z.string().optional(),
  /**
   * What engines know: `gateway`, `excluded`, `pinned`, `automatic`. What they don't: ranges of the segment (`reserved`,
   * and `dhcp` for a foreign server's), the `shim` by which a host reaches its containers, a `host`'s own address.
   */
  kind: z.enum(['gateway', 'excluded', 'pinned', 'automatic', 'reserved', 'dhcp', 'shim', 'host']),
  /** For a segment's range, which is no host's: the engine that was asked about. */
  engineId: z.string(),
  /** Name of the container, exclusion or interface, or a range's note, else its segment; empty for gateways. */
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
  /** How the engines are reached, and what the admin calls them. */
  'engines.configs': { input: none, output: engineConfigListSchema },
  /** Docker contexts, sockets and hosts of `~/.ssh/config` that could be added. Contacts none of them. */
  'engines.candidates': { input: none, output: z.array(engineCandidateSchema) },
  /**
   * Connects, asks for the version and lets go; keeps nothing but the host key of `trust`. `ssh_host_unknown` has the key's `fingerprint` among its
   * params: the admin who accepts it calls again with `trust`. `ssh_passphrase_needed`: again with `passphrase`.
   */
  'engines.test': {
    input: z.object({
      connection: engineConnectionSchema,
      /** The engine being edited: it is not reported as the same as itself, and its passphrase is known. */
      engineId: z.string().optional(),
      trust: z.string().max(200).optional(),
      passphrase: z.string().max(1024).optional(),
    }),
    output: engineTestSchema,
  },
  /** Adds an engine to the settings, and connects. It need not answer now. */
  'engines.add': {
    input: engineConfigSchema.omit({ id: true }),
    output: z.object({ engineId: z.string() }),
  },
  /** The entry as a whole; what is left out is taken away. A new connection is made at once. */
  'engines.edit': { input: engineConfigSchema, output: none },
  /** Takes an engine off the list; nothing happens on the engine itself. */
  'engines.remove': { input: engine, output: none },
  /** The order of the hosts; ids that are left out keep theirs, behind. */
  'engines.arrange': { input: z.object({ order: z.array(z.string()).max(1000) }), output: none },
  /**
   * Accepts the key of an SSH host that `ssh_host_unknown` showed, by its fingerprint (`SHA256:…`), and connects. It is
   * kept in the console's own known_hosts. A changed key is never accepted so.
   */
  'engines.trust': { input: engine.extend({ fingerprint: z.string().max(200) }), output: none },
  /** The passphrase of an engine's SSH key; kept in memory, or in the system's keychain with `remember`. */
  'engines.unlock': {
    input: engine.extend({ passphrase: z.string().max(1024), remember: z.boolean().default(false) }),
    output: none,
  },
  /**
   * Forgets the passphrase of an SSH key's file, as `passphrases` of `engines.configs` names it: in memory and in the
   * system's keychain. Connections that stand stay; the next one asks again. One that is not remembered is no failure.
   */
  'engines.forget': { input: z.object({ file: z.string().min(1).max(4096) }), output: none },
  /** Tries an offline engine at once instead of at its next turn. */
  'engines.retry': { input: engine, output: none },
  /**
   * Desktop only ({@link desktopCommands}): asks the admin for a file by the system's own dialog, over the window that
   * asks. `path` is null when nothing was chosen. `beside`, for files of TLS: those that lie in the same folder by the
   * names that Docker gives them. No file is read.
   */
  'files.choose': {
    /** `current`: the path that the field has now, where the dialog begins. */
    input: z.object({ kind: z.enum(fileKinds), current: z.string().max(4096).default('') }),
    output: z.object({
      path: z.string().nullable(),
      beside: z.object({ ca: z.string(), cert: z.string(), key: z.string() }).partial(),
    }),
  },
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
  /** Settles a change that the console's end cut off: the rest of it, what it did taken back, or left as it stands. */
  'change.recover': {
    input: z.object({ id: z.string(), action: z.enum(recoverActions) }),
    output: changeRecordSchema,
  },
  /** The change log, newest first. */
  'change.list': {
    input: z.object({ limit: z.number().int().min(1).max(1000).default(100) }),
    output: z.array(changeRecordSchema),
  },
  /** The plan's segments with each member as it is, and networks that look like segments nobody has planned. */
  'segments.list': { input: none, output: segmentListSchema },
  /** Everything checked on all hosts, ranges found, the steps of each host; changes nothing. */
  'segments.preview': { input: z.object({ request: segmentRequestSchema }), output: segmentPreviewSchema },
  /**
   * All hosts at once, all or nothing: an error says that no host was changed (`params.rolledBack` 1) or which could not
   * be put back (0). With `keepPartial` the hosts that worked are kept, and the record says `partial`.
   */
  'segments.apply': {
    input: z.object({ id: z.string(), keepPartial: z.boolean().default(false) }),
    output: segmentRecordSchema,
  },
  'segments.undo': { input: z.object({ id: z.string() }), output: segmentRecordSchema },
  /** As `change.recover`, on every host of the segment change that was cut off. */
  'segments.recover': {
    input: z.object({ id: z.string(), action: z.enum(recoverActions) }),
    output: segmentRecordSchema,
  },
  /** The segment changes, newest first; the single changes are in `change.list`. */
  'segments.history': {
    input: z.object({ limit: z.number().int().min(1).max(500).default(100) }),
    output: z.array(segmentRecordSchema),
  },
  /** `id` is a segment's of the plan, or a candidate's. */
  'segments.export': {
    input: z.object({ id: z.string(), format: z.enum(segmentFormats) }),
    output: z.array(segmentFileSchema),
  },
  /** Reads a text into drafts for `create`; changes nothing. Swarm's commands are read by `docker`. */
  'segments.import': {
    input: z.object({
      text: z.string().max(1_000_000),
      format: z.enum(['docker', 'compose']),
      values: z.record(z.string().max(1000), z.string().max(1000)).optional(),
    }),
    output: segmentImportSchema,
  },
  /** What the toolbox is, what it would be given and for what, and where it may run. Asks nobody for consent. */
  'toolbox.describe': { input: none, output: toolboxDescriptionSchema },
  /** Allows or refuses the toolbox on one engine. Refusing takes its image away. */
  'toolbox.consent': {
    input: engine.extend({ granted: z.boolean() }),
    output: toolboxDescriptionSchema,
  },
  'toolbox.configure': { input: toolboxSettingsSchema, output: toolboxDescriptionSchema },
  /** What the host behind an engine really has; up to ten seconds old unless `refresh` is set. Needs consent. */
  'host.facts': { input: engine.extend({ refresh: z.boolean().default(false) }), output: hostFactsSchema },
  /** Who answers for these addresses, asked from a container or from the host. Takes some seconds. Needs consent. */
  'host.probe': {
    input: engine.extend({
      from: probeFromSchema,
      addresses: z
        .array(z.union([z.ipv4(), z.ipv6()]))
        .min(1)
        .max(64),
    }),
    output: probeResultSchema,
  },
  /** Every shim that is kept, and how it stands; `shims.changed` tells of changes. */
  'shims.list': { input: none, output: z.array(shimStatusSchema) },
  /** What would be run on the host; without an address, with the one that is suggested. Changes nothing. */
  'shims.preview': { input: onNetwork.extend({ address: z.string().optional() }), output: shimPreviewSchema },
  /** Makes the link by which a host reaches its containers on a network, and keeps it there. Needs consent. */
  'shims.put': { input: onNetwork.extend({ address: z.ipv4() }), output: shimStatusSchema },
  /** Takes it away again; one that is not kept is no failure. Needs consent. */
  'shims.remove': { input: onNetwork, output: none },
  /**
   * Asks from a container in each network for each other and for the gateways. Takes some seconds for each network;
   * `isolation.progress` comes with the caller's own `runId`. Needs consent on each engine; one without has its place's
   * `problem`.
   */
  'isolation.run': {
    input: z.object({ runId: z.string().min(1).max(64), networks: z.array(onNetwork).min(1).max(64) }),
    output: isolationReportSchema,
  },
  /**
   * Ends a run: no further place is asked, and the helpers that are asking are removed. `isolation.run` then answers with
   * what it has. A run that is over, or was never begun, is no failure.
   */
  'isolation.cancel': { input: z.object({ runId: z.string().min(1).max(64) }), output: none },
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
  /** Files of the console's own folder that can't be written; they are tried again until they can. */
  'storage.status': { input: none, output: storageStatusSchema },
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
