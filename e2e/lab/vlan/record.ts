import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runsDir } from './layout';

/** A process that can't be mistaken for another: its id and when it started, in clock ticks since boot. */
const processSchema = z.object({ pid: z.number(), startTime: z.string() });

const hostSchema = z.object({
  name: z.string(),
  /** Its own address on the native VLAN. */
  address: z.string(),
  /** The engine's API, on loopback. */
  port: z.number(),
});
export type VlanHostRecord = z.infer<typeof hostSchema>;

const recordSchema = z.object({
  id: z.string(),
  dir: z.string(),
  /** Tag of the image that both engines have. */
  image: z.string(),
  /** Start times repeat after a reboot of this machine; the boot id tells. */
  bootId: z.string(),
  owner: processSchema,
  /** Started by hand, by `npm run lab`. */
  interactive: z.boolean().default(false),
  /** Its kernel, once it runs: a program as any other. */
  machine: processSchema.optional(),
  /** What leads from loopback into the machine. */
  forwarder: processSchema.optional(),
  /** The machine's root shell, on loopback. */
  shellPort: z.number(),
  hosts: z.array(hostSchema),
});
/** All there is to know of a VLAN lab, as plain data: enough for another process to use it or to remove it. */
export type VlanLabRecord = z.infer<typeof recordSchema>;

const recordFile = (dir: string) => join(dir, 'lab.json');

export function writeRecord(record: VlanLabRecord): void {
  writeFileSync(recordFile(record.dir), JSON.stringify(record, null, 2));
}

/** Undefined when the folder holds no readable record. */
function readRecord(dir: string): VlanLabRecord | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(recordFile(dir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** All VLAN labs started from this project's folder, as their owners recorded them. */
export function findVlanLabs(): VlanLabRecord[] {
  try {
    return readdirSync(runsDir).flatMap((id) => readRecord(join(runsDir, id)) ?? []);
  } catch {
    return [];
  }
}
