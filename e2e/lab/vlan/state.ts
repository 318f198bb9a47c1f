import { join } from 'node:path';
import { readIfThere } from '../files';
import { shell } from './agent';
import { logFiles } from './layout';
import type { VlanLabRecord } from './record';

/** What the kernel says, which processes wait for what, and where each engine's goroutines stand. */
const look = `
dmesg | tail -n 30
ps -eo pid,ppid,stat,wchan:24,etime,args | grep -v ' \\['
for file in /run/hosts/*; do
  engine=$(cat "$file")
  kill -USR1 "$engine"
  for _ in $(seq 50); do
    nsenter -t "$engine" -m sh -c 'cat /run/docker/goroutine-stacks-*.log' 2>/dev/null && break
    sleep 0.1
  done
done`;

/**
 * What is going on in the machine, for a test that failed in it: what hangs shows nowhere else. Of the goroutines,
 * those that answer a request. Asked before the machine is taken down; never throws.
 */
export async function machineState(record: VlanLabRecord): Promise<string> {
  const inside = await shell(record.shellPort, look, { timeout: 30_000 }).catch(
    (error: unknown) => `the machine does not tell: ${(error as Error).message}`,
  );
  const [system = '', ...goroutines] = inside.split(/^(?=goroutine )/m);
  const answering = goroutines.filter((each) => each.includes('/api/server/router/')).map(firstCalls);
  const logs = logFiles.map((name) => `── ${name}\n${lastLines(readIfThere(join(record.dir, name)))}`);
  return [...logs, '── inside', system, ...answering].join('\n');
}

/** Two lines a call: enough to see what it waits for. */
const firstCalls = (goroutine: string) => goroutine.split('\n').slice(0, 25).join('\n');
const lastLines = (text: string) => text.split('\n').slice(-40).join('\n');
