import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { importInThread } from './import-worker';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true, force: true })));
});

/** A thread's program that has `text` and `done`, and the reader that runs it. */
async function reader(program: string, limits = { ms: 60_000, memory: 64, waiting: 1 }) {
  const folder = await mkdtemp(join(tmpdir(), 'thread-'));
  folders.push(folder);
  const file = join(folder, 'thread.cjs');
  const head = `const { parentPort, workerData: { text } } = require('node:worker_threads');
    const done = (name) => parentPort.postMessage({ segments: [name], problems: [], notices: [], asks: [] });\n`;
  await writeFile(file, head + program);
  const read = importInThread(file, limits);
  return (text: string) => read({ format: 'docker', text });
}

const contextOf = (error: unknown) => error instanceof ProblemError && error.problem.params?.['context'];

describe('a text that is read in a thread', () => {
  it('gets what the thread answers', async () => {
    const read = await reader('done(text.toUpperCase());');
    expect(await read('lan')).toEqual({ segments: ['LAN'], problems: [], notices: [], asks: [] });
  });

  it('leaves this thread free, and is given up when its time is over', async () => {
    const read = await reader('for (;;);', { ms: 300, memory: 64, waiting: 1 });
    expect(contextOf(await read('lan').catch((error: unknown) => error))).toBe('slow');
  });

  it('is given up when it fills its memory, and the next is read', async () => {
    const read = await reader(
      `if (text === 'much') { const all = []; for (;;) all.push(new Array(1e5).fill({})); } done(text);`,
    );
    expect(contextOf(await read('much').catch((error: unknown) => error))).toBe('slow');
    expect(await read('lan')).toMatchObject({ segments: ['lan'] });
  });

  it('fails with what went wrong there, or without an answer', async () => {
    const read = await reader(`if (text === 'bad') throw new Error('no such thing');`);
    await expect(read('bad')).rejects.toThrow('no such thing');
    await expect(read('silent')).rejects.toThrow('ended with 0');
  });

  it('waits for the one before; one too many is refused at once', async () => {
    const read = await reader(`setTimeout(() => done(text), text === 'first' ? 300 : 0);`);
    const order: string[] = [];
    const noted = async (text: string) => {
      await read(text);
      order.push(text);
    };
    const both = [noted('first'), noted('second')];
    expect(contextOf(await read('third').catch((error: unknown) => error))).toBe('busy');
    await Promise.all(both);
    expect(order).toEqual(['first', 'second']);
  });
});
