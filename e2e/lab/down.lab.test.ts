import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { down, removableLab, type DownOptions, type RemovableLab } from './down';
import { labDir } from './layout';
import { until } from './poll';
import { findLabs, removeLeftovers } from './remove';
import { freshLab } from './vitest';

const lab = freshLab();
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  removeLeftovers();
});

/** `npm run lab`, without the npm. */
function cli(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/lab/cli.ts', ...args], { stdio: 'pipe' });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += part.toString()));
  return { child, output: () => text };
}

async function byHand() {
  const { child, output } = cli('--no-samples', '--hosts', '1');
  await until('the lab to be up', () => {
    if (child.exitCode !== null) throw new Error(output());
    return output().includes('is up');
  });
  return { child, lab: found().find(({ owner }) => owner.pid === child.pid)! };
}

const found = (): RemovableLab[] => findLabs().map(removableLab);
const own = () => found().find(({ id }) => id === lab.id)!;
const isThere = ({ id }: { id: string }) => existsSync(labDir(id));

/** Of these labs only: others on this machine are not ours to remove. */
function downOf(labs: RemovableLab[], options: DownOptions = {}): string[] {
  const lines: string[] = [];
  down(labs, options, (line) => lines.push(line));
  return lines;
}

describe('down without an id', () => {
  it('takes a lab that was started by hand, and leaves one that a program uses', async () => {
    const mine = await byHand();
    const ended = once(mine.child, 'exit');
    expect(downOf([own(), mine.lab])).toEqual([
      `lab ${mine.lab.id} removed`,
      `lab ${lab.id} left: process ${own().owner.pid} uses it (down ${lab.id} or down --all removes it)`,
    ]);
    await ended;
    expect([isThere(mine.lab), isThere(lab)]).toEqual([false, true]);
    // Not only its folder is left: its engines answer.
    expect(await lab.hosts[0].docker('version', '-f', '{{.Server.Version}}')).toMatch(/^\d/);
  });

  it('takes what a program that ended has left', async () => {
    const mine = await byHand();
    const ended = once(mine.child, 'exit');
    mine.child.kill('SIGKILL');
    await ended;
    expect(downOf([{ ...mine.lab, interactive: false }])).toEqual([
      `lab ${mine.lab.id} removed: its owner was gone`,
    ]);
    expect(isThere(mine.lab)).toBe(false);
  });
});

describe('down for an id', () => {
  it('takes that lab and no other, and is silent about the others', async () => {
    const mine = await byHand();
    const ended = once(mine.child, 'exit');
    const { child, output } = cli('down', mine.lab.id);
    await once(child, 'close');
    await ended;
    expect(output()).toContain(`lab ${mine.lab.id} removed\n`);
    expect(output()).not.toContain(lab.id);
    expect([isThere(mine.lab), isThere(lab)]).toEqual([false, true]);
  });

  it('that no lab has removes nothing', async () => {
    const mine = await byHand();
    const { child, output } = cli('down', mine.lab.id, 'nosuch');
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(output()).toContain('no lab has the id nosuch');
    expect(isThere(mine.lab)).toBe(true);
  });
});

describe('down --all', () => {
  it('takes what a program uses, too', async () => {
    const mine = await byHand();
    const ended = once(mine.child, 'exit');
    // As a test run's lab is recorded; the run's own must stay.
    expect(downOf([{ ...mine.lab, interactive: false }], { all: true })).toEqual([
      `lab ${mine.lab.id} removed`,
    ]);
    await ended;
    expect(isThere(mine.lab)).toBe(false);
  });

  it('is refused where it would start a lab', async () => {
    const { child, output } = cli('--all');
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(output()).toContain('--all goes with down');
  });
});
