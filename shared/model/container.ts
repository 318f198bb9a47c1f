import { z } from 'zod';

export const containerStates = [
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
  'unknown',
] as const;
export type ContainerState = (typeof containerStates)[number];

export const healthStates = ['', 'starting', 'healthy', 'unhealthy'] as const;
export type Health = (typeof healthStates)[number];

/** A container's attachment to one network. */
export const endpointSchema = z.object({
  /** Empty when the engine's record names no network id (a stopped container on 20.10, Podman). */
  networkId: z.string(),
  networkName: z.string(),
  /** Empty while the container does not run, and for some of what a failed connect leaves behind. */
  endpointId: z.string(),
  /**
   * A failed connect left this entry behind: it has an id, an address and a MAC, and the network itself does not know it.
   * It is no attachment, and the container can't start again with it (docs/engine-facts.md §2).
   */
  leftover: z.literal(true).optional(),
  /** The address in use now; empty while the container does not run. */
  ipv4: z.string(),
  /** Prefix length of `ipv4`; 0 when there is no address. */
  prefix: z.number(),
  ipv6: z.string(),
  prefix6: z.number(),
  gateway: z.string(),
  mac: z.string(),
  /** What is fixed in the engine's own IPAMConfig; the pin survives restarts. */
  /** IPv4, as leased from the LAN's DHCP server; the window puts it here by what is told of policies, as engines know nothing of it. */
  leased: z.string().optional(),
  pinned4: z.string().optional(),
  pinned6: z.string().optional(),
  /** Names by which containers on the network find it; the engine's own short-id alias left out. */
  aliases: z.array(z.string()),
  /** Higher wins the default route; engines from API 1.48 on. */
  gatewayPriority: z.number().optional(),
  /** Link-local addresses that were asked for; absent where there are none. */
  linkLocals: z.array(z.string()).optional(),
  /** `container:alias`, the old way of naming others; absent where there are none. */
  links: z.array(z.string()).optional(),
  driverOptions: z.record(z.string(), z.string()),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** The network mode a container was made with. */
export const networkModeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bridge') }),
  z.object({ kind: z.literal('host') }),
  z.object({ kind: z.literal('none') }),
  /** Shares the network namespace of another container, which may be gone. */
  z.object({ kind: z.literal('container'), containerId: z.string() }),
  /** A user-made network, by name or id. */
  z.object({ kind: z.literal('network'), network: z.string() }),
]);
export type NetworkMode = z.infer<typeof networkModeSchema>;

/** The six namespaces as inspect shows them: `host`, `private`, `container:<id>`, or empty for the engine's default. */
export const namespacesSchema = z.object({
  network: z.string(),
  pid: z.string(),
  ipc: z.string(),
  uts: z.string(),
  user: z.string(),
  cgroup: z.string(),
});
export type Namespaces = z.infer<typeof namespacesSchema>;

/** cgroup limits; 0 or empty means no limit. Source: HostConfig of inspect. */
export const limitsSchema = z.object({
  /** Bytes. */
  memory: z.number(),
  /** Bytes, memory and swap together; -1 unlimited swap. */
  memorySwap: z.number(),
  /** Bytes. */
  memoryReservation: z.number(),
  /** Billionths of a processor: 1.5 CPUs = 1.5e9. */
  nanoCpus: z.number(),
  cpuShares: z.number(),
  /** Microseconds. */
  cpuQuota: z.number(),
  /** Microseconds. */
  cpuPeriod: z.number(),
  cpuset: z.string(),
  pids: z.number(),
  blkioWeight: z.number(),
  cgroupParent: z.string(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** What only inspect tells. */
export const containerDetailSchema = z.object({
  namespaces: namespacesSchema,
  limits: limitsSchema,
  /** Process id of the container's first process on its host; 0 while it does not run. */
  pid: z.number(),
  /** ISO 8601 by the host's clock; empty when never started. */
  startedAt: z.string(),
  /** ISO 8601 by the host's clock; empty when it never ended. */
  finishedAt: z.string(),
  exitCode: z.number(),
  /** What the health check says; empty where there is none. */
  health: z.enum(healthStates),
  /** How often the engine has started it again by its restart policy. */
  restartCount: z.number(),
  restartPolicy: z.string(),
  /** The engine removes it, and all that is in it, as soon as it stops. */
  autoRemove: z.literal(true).optional(),
  hostname: z.string(),
  privileged: z.boolean(),
  capAdd: z.array(z.string()),
  /** The MAC fixed for the whole container when it was made (the only way on 20.10). */
  configuredMac: z.string(),
});
export type ContainerDetail = z.infer<typeof containerDetailSchema>;

/** A container on one engine, running or not. */
export const containerSchema = z.object({
  id: z.string(),
  engineId: z.string(),
  name: z.string(),
  image: z.string(),
  state: z.enum(containerStates),
  /** Milliseconds since the epoch. */
  created: z.number(),
  networkMode: networkModeSchema,
  endpoints: z.array(endpointSchema),
  /** Published ports, `0.0.0.0:8080->80/tcp`. */
  ports: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  /** Null until inspected: the list comes first, the details follow. */
  detail: containerDetailSchema.nullable(),
});
export type Container = z.infer<typeof containerSchema>;
