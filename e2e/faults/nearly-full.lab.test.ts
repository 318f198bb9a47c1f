import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../../electron/files/write-whole';
import { openChangeLog } from '../../electron/services/changes/change-log';
import { Storage } from '../../electron/services/storage/storage';
import { create, SegmentWorld } from '../../electron/services/testing/segment-world';
import { run } from '../lab/run';

/** Bytes; what a file takes is counted in pages of 4 KB. */
const disk = 256 << 10;
const page = 4096;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-nearly-full-'));
  await run(['mount', '-t', 'tmpfs', '-o', `size=${String(disk)}`, 'tmpfs', dir]);
});
afterEach(async () => {
  await run(['umount', dir]);
  await rm(dir, { recursive: true });
});

/** Leaves so many bytes of the disk free. */
async function leave(bytes: number): Promise<void> {
  const filler = join(dir, 'filler');
  await rm(filler, { force: true });
  const text = await run(['stat', '-f', '-c', '%a %S', dir]);
  const [blocks = 0, size = 0] = text.trim().split(' ').map(Number);
  await writeFile(filler, Buffer.alloc(Math.max(0, blocks * size - bytes)));
}

describe('on a disk that is nearly full', () => {
  it('a file is replaced by all of a text or by nothing of it', async () => {
    const file = join(dir, 'plan.yaml');
    const [before, after] = ['x'.repeat(5 * page), 'y'.repeat(12 * page)];
    for (let free = 0; free <= 13; free += 1) {
      await writeFile(file, before);
      await leave(free * page);
      const written = await writeWhole(file, after).then(
        () => true,
        () => false,
      );
      expect(await readFile(file, 'utf8')).toBe(written ? after : before);
      await rm(join(dir, 'filler'));
      expect(await readdir(dir)).toEqual(['plan.yaml']);
      if (free > 12) expect(written).toBe(true);
    }
  });

  it('the log of an earlier version is kept to the byte or not yet brought into the new form', async () => {
    const file = join(dir, 'changes.jsonl');
    const older = Array.from({ length: 40 }, (_, at) =>
      JSON.stringify({
        record: {
          ...{ id: `c${String(at)}`, at, who: 'ada', state: 'applied', undoable: false, steps: [] },
          ...{ engineId: 'e1', engineName: 'a'.repeat(600) },
          request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
        },
        inverse: null,
      }),
    );
    const text = older.map((line) => `${line}\n`).join('');
    const seen = new Set<boolean>();
    for (let free = 1; free <= 40; free += 1) {
      await writeFile(file, text);
      await leave(free * page);
      const log = await openChangeLog(file, new Storage(() => undefined), () => false, 'me');
      expect(log.list()).toHaveLength(older.length);
      await log.flush();
      await rm(join(dir, 'filler'));
      const names = await readdir(dir);
      const kept = names.includes('changes.jsonl.old');
      expect(names.filter((name) => !/^changes\.jsonl(?:\.old)?$/.test(name))).toEqual([]);
      if (kept) expect(await readFile(`${file}.old`, 'utf8')).toBe(text);
      else expect((await readFile(file, 'utf8')).startsWith(text)).toBe(true);
      seen.add(kept);
      const again = await openChangeLog(file, new Storage(() => undefined), () => false, 'next');
      expect(again.list()).toHaveLength(older.length);
      await again.flush();
      await rm(`${file}.old`);
    }
    expect(seen).toEqual(new Set([false, true]));
  });

  it('what the log calls applied is in the plan of the next start, however little went to the disk', async () => {
    const seen = new Set<string>();
    const report = () => undefined;
    const next = await mkdtemp(join(tmpdir(), 'trunkline-next-'));
    try {
      for (let free = 0; free <= 16; free += 1) {
        // What an admin has planned before takes more room than a line of the log.
        await writeFile(join(dir, 'plan.yaml'), `version: 1\nother: ${'x'.repeat(8 * page)}\n`);
        const world = new SegmentWorld();
        const first = await world.open(dir, report);
        await leave(free * page);
        const { id } = await first.changes.preview(create);
        const said = await first.changes.apply(id).then(
          ({ state, unwritten, unsaved }) => (unsaved ? 'unsaved' : unwritten ? 'unwritten' : state),
          () => 'refused',
        );
        seen.add(said);
        // What a console that is killed now leaves.
        await cp(dir, next, { recursive: true });
        const second = await world.open(next, report);
        await second.changes.putPlanAgain();
        const states = second.log.list().map(({ state }) => state);
        const planned = second.plan.segments().map(({ name }) => name);
        // One whose end could not be written down either, and that says so, is to be decided on: that settles the plan.
        if (said !== 'refused') expect(states[0]).toBe(said === 'unsaved' ? 'interrupted' : 'applied');
        if (states[0] === 'applied') expect(planned).toEqual(['Office']);
        if (states[0] === 'applied') seen.add(`${said}, put`);
        await second.flush();
        await rm(join(dir, 'filler'));
        await first.flush();
        await first.flush();
        for (const folder of [dir, next])
          for (const name of await readdir(folder)) await rm(join(folder, name));
      }
    } finally {
      await rm(next, { recursive: true });
    }
    expect(seen).toEqual(
      new Set(['refused', 'unsaved', 'unwritten', 'unwritten, put', 'applied', 'applied, put']),
    );
  });
});
