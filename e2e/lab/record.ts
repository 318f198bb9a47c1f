import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { engineKinds } from './engines';

/** A process that can't be mistaken for another: its id and when it started, in clock ticks since boot. */
const processSchema = z.object({ pid: z.number(), startTime: z.string() });
export type ProcessRecord = z.infer<typeof processSchema>;

const nicSchema = z.object({
  /** Interface name inside the host, `eth1`. */
  name: z.string(),
  /** The switch bridge it is plugged into, `lan`. */
  lan: z.string(),
  /** The switch's end of the cable. */
  port: z.string(),
  subnet: z.string(),
  gateway: z.string(),
  /** The host's own address there; empty when it has none. */
  address: z.string(),
});
export type Nic = z.infer<typeof nicSchema>;

const hostSchema = z.object({
  name: z.string(),
  netns: z.string(),
  switchNetns: z.string(),
  nics: z.array(nicSchema).min(1),
  dir: z.string(),
  socket: z.string(),
  cgroup: z.string(),
  storageDriver: z.enum(['overlay2', 'vfs']),
  engine: z.enum(engineKinds),
  /** It is reached over TCP with TLS: on this port of the machine's loopback. */
  tls: z.object({ port: z.number() }).optional(),
  /** It is reached over SSH: on this port of the machine's loopback. */
  ssh: z.object({ port: z.number(), passphrase: z.string() }).optional(),
  /** Folder with the packages that the host sees over the machine's own. */
  layer: z.string().optional(),
  /** Outside parent of the host's first process; killing it ends the whole host. */
  holder: processSchema.optional(),
  /** The host's first process: pid 1 of its pid namespace, named by its id outside. */
  init: processSchema.optional(),
});
export type HostRecord = z.infer<typeof hostSchema>;

export const labRecordSchema = z.object({
  id: z.string(),
  dir: z.string(),
  image: z.string(),
  /** Start times repeat after a reboot; the boot id tells. */
  bootId: z.string(),
  owner: processSchema,
  /** Started by hand, by `npm run lab`. */
  interactive: z.boolean().default(false),
  hosts: z.array(hostSchema),
  /** Carries connections from the machine's loopback onto the LAN; in the switch's namespace. */
  forwarder: processSchema.optional(),
});
/** All there is to know of a lab, as plain data: enough for another process to use it or to remove it. */
export type LabRecord = z.infer<typeof labRecordSchema>;

const recordFile = (labDir: string) => join(labDir, 'lab.json');

export function writeRecord(record: LabRecord): void {
  writeFileSync(recordFile(record.dir), JSON.stringify(record, null, 2));
}

/** Undefined when the folder holds no readable record. */
export function readRecord(labDir: string): LabRecord | undefined {
  try {
    return labRecordSchema.parse(JSON.parse(readFileSync(recordFile(labDir), 'utf8')));
  } catch {
    return undefined;
  }
}
