import { expect, out, sharedTest as test } from './example';

test('a click reaches a handler in main, and its answer the page', async ({ page }) => {
  await page.click('#greet');
  await expect(out(page)).toHaveText('hello world at app://bundle/index.html');
});

test('pushed events arrive until the page unsubscribes', async ({ page, app }) => {
  await page.click('#events');
  const ticks = page.locator('#ticks li');
  await expect(ticks).toHaveText(['tick 1 true', 'tick 2 true', 'tick 3 true']);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('tick', { n: 50, at: new Date() });
  });
  // An answer that was sent after the tick proves that the tick has passed.
  await page.evaluate(() => window.api.echo(1));
  await expect(ticks).toHaveCount(3);
});

test('structured clone, main to page', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const value = (await window.api.rich()) as Record<string, unknown> & {
      map: Map<string, { n: number }>;
      bytes: Uint8Array;
      floats: Float64Array;
      buffer: Uint8Array;
      point: { x: number };
    };
    return {
      date: value.date instanceof Date && value.date.getTime(),
      map: value.map.get('k')?.n,
      set: value.set instanceof Set && value.set.size,
      bytes: [value.bytes.constructor.name, ...value.bytes],
      floats: [value.floats.constructor.name, value.floats[0], Number.isNaN(value.floats[1])],
      buffer: [value.buffer.constructor.name, value.buffer.length],
      big: typeof value.big,
      pattern: String(value.pattern),
      nothing: 'nothing' in value && value.nothing === undefined,
      nan: Number.isNaN(value.nan),
      minusZero: Object.is(value.minusZero, -0),
      error: value.error instanceof Error && value.error.message,
      point: value.point.x,
      cycle: value.self === value,
    };
  });
  expect(seen).toEqual({
    date: 86_400_000,
    map: 1,
    set: 2,
    bytes: ['Uint8Array', 1, 2, 255],
    floats: ['Float64Array', 1.5, true],
    buffer: ['Uint8Array', 2],
    big: 'bigint',
    pattern: '/a+/gi',
    nothing: true,
    nan: true,
    minusZero: true,
    error: 'typed',
    point: 1,
    cycle: true,
  });
});

test('structured clone, page to main and back, 8 MB of it', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const sent = {
      date: new Date(1),
      map: new Map([[1, new Set([2])]]),
      bytes: new Uint8Array(8 << 20).fill(7),
    };
    const back = (await window.api.echo(sent)) as typeof sent;
    return [back.date.getTime(), back.map.get(1)?.has(2), back.bytes.length, back.bytes.at(-1)];
  });
  expect(seen).toEqual([1, true, 8 << 20, 7]);
});

test('errors of handlers and values that can not be cloned reject with the words of Electron', async ({
  page,
}) => {
  const message = (name: 'fail' | 'uncloneable') =>
    page.evaluate(async (method) => {
      try {
        await window.api[method]();
        return 'no error';
      } catch (error) {
        return (error as Error).message;
      }
    }, name);
  expect(await message('fail')).toBe("Error invoking remote method 'fail': RangeError: nope");
  expect(await message('uncloneable')).toContain('An object could not be cloned');
  const thrown = await page.evaluate(() => {
    try {
      window.api.sendFunction();
      return 'no error';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(thrown).toContain('could not be cloned');
});

test('a message port from main streams 500 messages and reports its end', async ({ page, app }) => {
  await page.click('#stream');
  await expect(out(page)).toHaveText('stream 500');
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { lifecycle: string[] }).lifecycle))
    .toContain('port-closed');
});

test('a message port from the page reaches main', async ({ page }) => {
  expect(await page.evaluate(() => window.api.sendPort())).toBe('main got ping');
});
