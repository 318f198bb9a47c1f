import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GivenEngine } from './services/engines/engine-list';
import { endAll, engines, given, inFolder, listed, start, useDemoConsoles } from './testing/demo-consoles';

useDemoConsoles(16, 32);

const silent: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(silent.splice(0).map((server) => new Promise((done) => server.close(done))));
});

/** An engine that takes connections, and never says a word. */
async function hanging(number: number): Promise<GivenEngine> {
  const path = inFolder(`hangs-${number}.sock`);
  const server = createServer((socket) => {
    sockets.add(socket);
    // Read, or its end would never be seen.
    socket.resume();
    socket.on('close', () => sockets.delete(socket));
  });
  silent.push(server);
  await new Promise<void>((done) => server.listen(path, done));
  return { config: { id: `hangs-${number}`, connection: { kind: 'socket', path } }, source: 'argument' };
}

describe('twenty hosts at once', () => {
  it('come host by host: four that hang keep the others from nothing, and are let go at the end', async () => {
    const hang = await Promise.all([0, 1, 2, 3].map(hanging));
    const good = Array.from({ length: 16 }, (_, index) => given('argument', `good-${index}`, index));
    // Those that hang first, where one after another would wait longest.
    const on = await start({ given: [...hang, ...good] });
    expect(await listed(on)).toHaveLength(20);
    await vi.waitFor(
      async () => expect((await engines(on)).filter((each) => each.state === 'online')).toHaveLength(16),
      { timeout: 30_000 },
    );
    const hung = (await engines(on)).filter((each) => each.id.startsWith('hangs'));
    // Each still within its own deadline, or past it and said so.
    for (const each of hung)
      expect([each.state, each.problem?.code]).toEqual(
        each.state === 'connecting' ? ['connecting', undefined] : ['offline', 'engine_timeout'],
      );
    // Not one big picture at the end: each host's own as it came.
    await vi.waitFor(() => {
      const came = on.deltas.filter((each) => each.engine?.state === 'online').map((each) => each.engineId);
      expect(new Set(came).size).toBe(16);
    });
    expect(sockets.size).toBeGreaterThanOrEqual(4);
    await endAll();
    await vi.waitFor(() => expect(sockets.size).toBe(0));
  });
});
