import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { until } from '../lab';
import { findVlanLabs, removeVlanLeftovers, type VlanLabRecord } from '../lab/vlan';
import { isAlive } from '../lab/procfs';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  removeVlanLeftovers();
});

/** `npm run lab -- --vlan`, without the npm, as far as its machine runs. */
async function startElsewhere(): Promise<{ child: ChildProcess; record: VlanLabRecord }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/lab/cli.ts', '--vlan'], { stdio: 'pipe' });
  children.push(child);
  const record = await until('the machine to start', () => {
    if (child.exitCode !== null) throw new Error('it ended');
    return findVlanLabs().find(({ owner, machine }) => owner.pid === child.pid && machine);
  });
  expect(isAlive(record.machine!)).toBe(true);
  return { child, record };
}

it('a killed owner takes its machine along, and the next start removes the rest', async () => {
  const { child, record } = await startElsewhere();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until('the machine to end', () => !isAlive(record.machine!));
  expect(existsSync(record.dir)).toBe(true);
  expect(removeVlanLeftovers()).toContain(record.id);
  expect(existsSync(record.dir)).toBe(false);
});

it('nothing is left after Ctrl-C in the middle of a start', async () => {
  const { child, record } = await startElsewhere();
  child.kill('SIGINT');
  await once(child, 'exit');
  expect(isAlive(record.machine!)).toBe(false);
  expect(existsSync(record.dir)).toBe(false);
});
