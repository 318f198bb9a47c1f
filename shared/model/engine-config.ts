import { z } from 'zod';
import { problemSchema } from './errors';

/** A file of the admin's own disk. Read when connecting; its content is never kept. */
const filePath = z.string().min(1).max(4096);
const port = z.number().int().min(1).max(65_535);

/** Files by which an engine and the console know each other. */
export const tlsSettingsSchema = z.object({
  /** Authority that signed the engine's certificate; without it those that the system trusts. */
  ca: filePath.optional(),
  /** The console's own certificate and its key: both, or neither. */
  cert: filePath.optional(),
  key: filePath.optional(),
  /** Name that the engine's certificate must carry, where it is not the address. */
  serverName: z.string().min(1).max(253).optional(),
});
export type TlsSettings = z.infer<typeof tlsSettingsSchema>;

/** Files that a connection names: those of TLS, and the private key for SSH. */
export const fileKinds = ['ca', 'cert', 'key', 'keyFile'] as const;
export type FileKind = (typeof fileKinds)[number];

/** The ways to an engine. */
export const engineConnectionSchema = z.discriminatedUnion('kind', [
  /** A Unix socket's path, or a named pipe as `//./pipe/NAME`. */
  z.object({ kind: z.literal('socket'), path: filePath }),
  z.object({
    kind: z.literal('tcp'),
    host: z.string().min(1).max(253),
    port,
    /** Null is plain TCP: whoever reaches the port is root on that host. */
    tls: tlsSettingsSchema.nullable(),
    /** The admin has read that warning and goes on. Plain TCP is refused without it. */
    plainAccepted: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('ssh'),
    /** Address, or a name of `~/.ssh/config`. */
    host: z.string().min(1).max(253),
    /** What is left out comes from `~/.ssh/config`, then from SSH's own defaults (22, the user's own name). */
    port: port.optional(),
    user: z.string().min(1).max(64).optional(),
    /** A private key. Its passphrase is asked for when needed, and never in this file. */
    keyFile: filePath.optional(),
    /** `user@host:port` to go through first; several with commas, the first hop first. */
    jump: z.string().min(1).max(1024).optional(),
    /** The engine's socket on the far side; `/var/run/docker.sock` unless told. */
    socket: filePath.optional(),
  }),
  /** What the Docker context of this name says when connecting; contexts are read and never written. */
  z.object({
    kind: z.literal('context'),
    context: z.string().min(1).max(255),
    /** As for TCP, should the context say plain TCP. */
    plainAccepted: z.boolean().default(false),
  }),
]);
export type EngineConnection = z.infer<typeof engineConnectionSchema>;

/** Colours an admin can give to a host; the theme says how they look. */
export const engineColours = ['teal', 'blue', 'violet', 'pink', 'orange', 'green', 'grey'] as const;
export type EngineColour = (typeof engineColours)[number];

/** Name of a place whose LANs are its own: of two places, equal subnets are two LANs. */
const site = z.string().trim().min(1).max(60);

/** Where an engine's LANs are. What is not said may be anywhere: it shares with every place. */
export const engineSiteSchema = z.object({
  /** Of all its NICs, but for those of `lans`. */
  site: site.optional(),
  /** Per NIC (`eth1`, or `eth1.10` for one VLAN of it), where one host stands on LANs of several places. */
  lans: z
    .record(z.string().min(1).max(64), site)
    .refine((lans) => Object.keys(lans).length <= 64)
    .optional(),
});
export type EngineSite = z.infer<typeof engineSiteSchema>;

/** What the admin says of an engine, besides the way to it. */
export const engineLabelsSchema = engineSiteSchema.extend({
  /** Instead of the host's own name. */
  name: z.string().trim().min(1).max(120).optional(),
  colour: z.enum(engineColours).optional(),
  /** Hosts of one group stand together. */
  group: z.string().trim().min(1).max(120).optional(),
});
export type EngineLabels = z.infer<typeof engineLabelsSchema>;

/** An engine of the settings: one entry of `engines.yaml`, in the admin's order. */
export const engineConfigSchema = engineLabelsSchema.extend({
  /** Given when it is added, and kept whatever is edited: segments, policies and positions speak of it. */
  id: z.string().min(1).max(64),
  connection: engineConnectionSchema,
});
export type EngineConfig = z.infer<typeof engineConfigSchema>;

/** Where an engine's entry comes from; only `settings` can be edited and removed. */
export const engineSources = ['settings', 'argument', 'file', 'found', 'demo'] as const;
export type EngineSource = (typeof engineSources)[number];

/** A passphrase that need not be given again: of which key's file, and until when. It itself is never told. */
export const rememberedPassphraseSchema = z.object({
  file: z.string(),
  /** `keychain`: the system's, so also at the next start; `memory`: until the console ends. */
  kept: z.enum(['keychain', 'memory']),
});
export type RememberedPassphrase = z.infer<typeof rememberedPassphraseSchema>;

/** All engines as they are configured, in order. */
export const engineConfigListSchema = z.object({
  engines: z.array(engineConfigSchema.extend({ source: z.enum(engineSources) })),
  /** The settings' own file, for the admin who edits it by hand. */
  file: z.string(),
  /** The file could not be read: it was set aside, and why. */
  problem: problemSchema.optional(),
  /** Whether the system's keychain can keep passphrases; otherwise memory does until the console ends. */
  keychain: z.boolean(),
  /** Passphrases that are remembered, by file. */
  passphrases: z.array(rememberedPassphraseSchema),
});
export type EngineConfigList = z.infer<typeof engineConfigListSchema>;

/** A way to an engine that was found: a Docker context, a socket that exists, a host of `~/.ssh/config`. */
export const engineCandidateSchema = z.object({
  source: z.enum(['DOCKER_HOST', 'context', 'socket', 'ssh-config']),
  /** The context's name, the socket's path, the host's name. */
  name: z.string(),
  /** As the admin reads it: `ssh://admin@atlas`. */
  address: z.string(),
  connection: engineConnectionSchema,
  /** The context that `docker` uses now. */
  current: z.boolean().default(false),
  /** Why it can't be used as it is. */
  problem: problemSchema.optional(),
});
export type EngineCandidate = z.infer<typeof engineCandidateSchema>;

/** What a test of a connection found. */
export const engineTestSchema = z.object({
  /** The host's own name. */
  name: z.string(),
  product: z.enum(['docker', 'podman', 'unknown']),
  version: z.string(),
  apiVersion: z.string(),
  os: z.string(),
  /** From the first byte to the engine's answer, milliseconds. */
  milliseconds: z.number(),
  /** Another engine of the list that is the same one, by its address or its socket: its id. */
  sameAs: z.string().optional(),
});
export type EngineTest = z.infer<typeof engineTestSchema>;
