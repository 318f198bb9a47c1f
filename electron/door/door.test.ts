import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PushName } from '../../shared/contract';
import { ok } from '../../shared/model';
import { openDoor } from './door';
import { knock } from './knock';
import { doorOf, newDoorIn, noteDoor } from './place';

let folder: string;
let close: () => Promise<void>;
let listeners: Set<(name: PushName, data: unknown) => void>;
const reported: unknown[] = [];

const open = (where = folder) =>
  openDoor({
    folder: where,
    version: '1',
    run: async (name, input) => ok({ name, input }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    address: () => 'http://127.0.0.1:1/?token=x',
    report: (error) => reported.push(error),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-door-'));
  listeners = new Set();
  reported.splice(0);
  close = await open();
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

describe('the door of a console', () => {
  it('lets others of the same user in: commands, a fresh address, all that is pushed', async () => {
    const running = await knock(folder, '1');
    expect(running?.pid).toBe(process.pid);
    expect(await running?.address()).toBe('http://127.0.0.1:1/?token=x');
    expect(await running?.run('app.info', { a: 1 })).toEqual(ok({ name: 'app.info', input: { a: 1 } }));
    expect(await running?.handlers['app.info']({})).toMatchObject({ name: 'app.info' });

    const heard: [string, unknown][] = [];
    const end = running?.subscribe((name, data) => heard.push([name, data]));
    const values = new Float64Array([1.5, Number.NaN, -0]);
    await vi.waitFor(() => {
      for (const tell of listeners) tell('traffic.tick', { version: 1, at: 2, values });
      expect(heard[0]).toEqual(['traffic.tick', { version: 1, at: 2, values }]);
    });
    end?.();
  });

  it('is for its user alone, and gone with the console', async () => {
    const path = (await doorOf(folder)) ?? '';
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const running = await knock(folder, '1');
    let ended = false;
    running?.subscribe(
      () => undefined,
      () => (ended = true),
    );
    // Both ends are there once something comes through.
    await running?.run('app.info', {});
    await close();
    await vi.waitFor(() => expect(ended).toBe(true));
    expect(await knock(folder, '1')).toBeNull();
    await expect(running?.handlers['app.info']({})).rejects.toMatchObject({
      problem: { code: 'engine_unreachable' },
    });
  });

  it('takes the place of one that a killed console has left', async () => {
    const again = await open();
    expect((await knock(folder, '1'))?.pid).toBe(process.pid);
    await again();
  });

  it('is none where the folder’s path is too long for a socket, which is reported', async () => {
    const long = join(folder, 'x'.repeat(100));
    const none = await open(long);
    expect(String(reported[0])).toContain('too long a path');
    expect(await knock(long, '1')).toBeNull();
    await none();
  });

  it('is none for another version, which may have other commands', async () => {
    expect(await knock(folder, '2')).toBeNull();
  });

  it('is on Windows a pipe of a name that the folder alone tells', async () => {
    const made = newDoorIn(folder, 'win32') ?? '';
    expect(made).toMatch(/^\\\\\.\\pipe\\trunkline-[0-9a-f-]{36}$/);
    expect(newDoorIn(folder, 'win32')).not.toBe(made);
    expect(await doorOf(folder, 'win32')).toBeNull();
    await noteDoor(folder, made, 'win32');
    expect(await doorOf(folder, 'win32')).toBe(made);
  });
});
