import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineClient } from './client';
import { hostHeaderOf } from './dial';
import { json, problem } from './testing/test-engine';

let home: string;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'trunkline-dial-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  rmSync(home, { recursive: true, force: true });
});

/** An engine that says who it is; a stream of events from it stays open. */
async function engine(name: string): Promise<{ socket: string; server: Server }> {
  const socket = join(home, `${name}.sock`);
  const server = createServer((request, response) => {
    if (request.url === '/events') response.flushHeaders();
    else json(response, { Id: name });
  });
  await new Promise<void>((done) => server.listen(socket, done));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { socket, server };
}

function context(host: string): void {
  const folder = join(home, '.docker/contexts/meta', createHash('sha256').update('lab').digest('hex'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'meta.json'),
    JSON.stringify({ Name: 'lab', Endpoints: { docker: { Host: host } } }),
  );
}

function byContext() {
  const access = { home, env: {}, knownHostsFile: join(home, 'k'), passphrase: async () => undefined };
  const connection = { kind: 'context', context: 'lab', plainAccepted: false } as const;
  const client = createEngineClient({ engineId: 'e1', connection, access });
  ends.push(() => client.close());
  return client;
}

describe('an engine that a Docker context names', () => {
  it('is looked up when it is asked, not before', async () => {
    const client = byContext();
    expect(client.endpoint).toBe('context://lab');
    await expect(client.ping(5_000)).rejects.toThrow(
      problem('context_not_found', { params: { name: 'lab' } }),
    );
    context(`unix://${(await engine('one')).socket}`);
    await expect(client.raw('container', 'x')).resolves.toEqual({ Id: 'one' });
  });

  it('that is another one by now is never mixed with the one before: its streams are cut', async () => {
    context(`unix://${(await engine('one')).socket}`);
    const client = byContext();
    let end!: (reason: Error) => void;
    const ended = new Promise<Error>((done) => (end = done));
    await client.events(() => undefined, end);
    context(`unix://${(await engine('two')).socket}`);
    await expect(client.raw('container', 'x')).resolves.toEqual({ Id: 'two' });
    expect(await ended).toEqual(problem('engine_unreachable'));
  });

  it('is not reached by plain TCP only because a context says so', async () => {
    context('tcp://127.0.0.1:1');
    await expect(byContext().ping(5_000)).rejects.toThrow(problem('plain_tcp_unaccepted'));
  });
});

describe('the Host header', () => {
  it('names the engine where a proxy may choose by it', () => {
    const tcp = { kind: 'tcp', port: 99, tls: null, plainAccepted: true } as const;
    expect(hostHeaderOf({ ...tcp, host: 'atlas' })).toEqual({ host: 'atlas', port: 99 });
    expect(hostHeaderOf({ ...tcp, host: 'fd00::1' })).toEqual({ host: '[fd00::1]', port: 99 });
    expect(hostHeaderOf({ kind: 'socket', path: '/x' })).toEqual({ host: 'localhost' });
  });
});
