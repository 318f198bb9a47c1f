import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { PushName } from '../../shared/contract';
import { ok } from '../../shared/model';
import { startWeb } from './server';

it('a window that reads nothing is let go before it fills the memory, and keeps no other waiting', async () => {
  const rendererDir = await mkdtemp(join(tmpdir(), 'trunkline-slow-'));
  let push: (name: PushName, data: unknown) => void = () => undefined;
  const web = await startWeb({
    rendererDir,
    address: '127.0.0.1',
    port: 0,
    run: async () => ok('ran'),
    report: () => undefined,
    subscribe: (listener) => {
      push = listener;
      return () => undefined;
    },
  });
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${web.port}/api/events`, {
      headers: { authorization: `Bearer ${web.bearer}` },
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  };
  try {
    const [slow, quick] = [await open(), await open()];
    let seen = 0;
    quick.on('message', () => (seen += 1));
    const gone = new Promise((resolve) => slow.once('close', resolve));
    slow.pause();
    const large = { text: 'x'.repeat(1024 * 1024) };
    for (let n = 1; n <= 200; n++) {
      push('inventory.delta', large);
      await vi.waitFor(() => expect(seen).toBe(n), { timeout: 10_000, interval: 1 });
    }
    slow.resume();
    // Let go by the server: it would otherwise still be there, with 200 MB to read.
    await gone;
    expect(quick.readyState).toBe(WebSocket.OPEN);
  } finally {
    await web.close();
    await rm(rendererDir, { recursive: true, force: true });
  }
}, 60_000);
