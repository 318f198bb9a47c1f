import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultWindowState, placeWindow, type Bounds } from './window-state';
import { WindowStateFile } from './window-state-file';

const primary: Bounds = { x: 0, y: 25, width: 1920, height: 1055 };
const right: Bounds = { x: 1920, y: 0, width: 2560, height: 1440 };

describe('placeWindow', () => {
  it('opens in the middle of the first display when nothing is known', () => {
    expect(placeWindow(undefined, [primary])).toEqual({ x: 300, y: 123, width: 1320, height: 860 });
  });

  it('opens where it was, also on the second display', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeWindow(saved, [primary, right])).toEqual(saved);
  });

  it('comes back to the first display when the second is gone', () => {
    const saved = { x: 2000, y: 100, width: 1200, height: 800 };
    expect(placeWindow(saved, [primary])).toEqual(placeWindow(undefined, [primary]));
  });

  it('is moved in from beyond an edge and shrunk to what there is', () => {
    expect(placeWindow({ x: 1500, y: 900, width: 1200, height: 800 }, [primary])).toEqual({
      x: 720,
      y: 280,
      width: 1200,
      height: 800,
    });
    expect(placeWindow({ x: 0, y: 0, width: 9000, height: 9000 }, [primary])).toEqual(primary);
  });

  it('always lies wholly on one of the displays', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const placed = placeWindow({ x, y, width, height }, [primary, right]);
        return [primary, right].some(
          (area) =>
            placed.x >= area.x &&
            placed.y >= area.y &&
            placed.x + placed.width <= area.x + area.width &&
            placed.y + placed.height <= area.y + area.height,
        );
      }),
    );
  });
});

describe('WindowStateFile', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'window-state-'));
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = () => join(folder, 'window.json');

  it('keeps what it was told, for the next start', () => {
    const file = new WindowStateFile(folder, vi.fn());
    expect(file.state).toEqual(defaultWindowState);
    file.update({ maximized: true, zoom: 2 });
    file.flush();
    expect(new WindowStateFile(folder, vi.fn()).state).toEqual({ version: 1, maximized: true, zoom: 2 });
  });

  it('writes once the window has come to rest, not at each pixel', () => {
    vi.useFakeTimers();
    const file = new WindowStateFile(folder, vi.fn());
    file.update({ zoom: 1 });
    vi.advanceTimersByTime(400);
    file.update({ zoom: 2 });
    vi.advanceTimersByTime(400);
    expect(readdirSync(folder)).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ zoom: 2 });
  });

  it.each([
    '{',
    '{"version":1}',
    '{"version":9,"maximized":true,"zoom":0}',
    '{"version":1,"maximized":true,"zoom":99}',
  ])('sets a file aside that it can not read: %s', (text) => {
    writeFileSync(path(), text);
    const report = vi.fn();
    expect(new WindowStateFile(folder, report).state).toEqual(defaultWindowState);
    expect(readdirSync(folder)).toEqual(['window.json.broken']);
    expect(readFileSync(`${path()}.broken`, 'utf8')).toBe(text);
    expect(report).toHaveBeenCalledOnce();
  });

  it('reports a folder that it can not write to, and goes on', () => {
    const report = vi.fn();
    const file = new WindowStateFile(join(folder, 'gone'), report);
    file.update({ zoom: 1 });
    file.flush();
    expect(report).toHaveBeenCalledOnce();
    expect(file.state.zoom).toBe(1);
  });
});
