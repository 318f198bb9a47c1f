import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Consoles of this very process that live. */
const living = new Set<string>();

/** Clock ticks since boot at which a process began; empty where the system does not tell, or it has ended. */
function startOf(pid: number): string {
  try {
    // proc(5): the name in parentheses may hold anything, spaces too; behind it the state, and as the 20th the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    // A zombie keeps its number until its parent has asked how it ended.
    return /^[ZX]/.test(fields[0] ?? '') ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** Who works on a change: a name that tells, later and to another process, whether that one still lives. */
export interface Owner {
  readonly name: string;
  /** Its console has ended: what it left open is nobody's. */
  release(): void;
}

export function newOwner(): Owner {
  const began = Math.round(Date.now() - process.uptime() * 1000);
  const name = [process.pid, startOf(process.pid), began, randomUUID()].join('/');
  living.add(name);
  return { name, release: () => void living.delete(name) };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the console of that name still lives; a process that merely got the same number later is not it. */
export function isAlive(name: string): boolean {
  const [id = '', start = '', began = ''] = name.split('/');
  const pid = Number(id);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return living.has(name);
  if (!exists(pid)) return false;
  if (start) return startOf(pid) === start;
  // Where no start is known, at least not from before the machine's own.
  return Number(began) > Date.now() - uptime() * 1000;
}
