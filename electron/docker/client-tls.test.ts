import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineClient } from './client';
import type { EngineClient } from './engine-client';
import { certificate, privateKey } from './fixtures/tls';
import { problem } from './test-engine';

let server: Server;
let clients: EngineClient[];

beforeEach(async () => {
  clients = [];
  const options = { cert: certificate, key: privateKey, ca: certificate, requestCert: true };
  server = createServer({ ...options, rejectUnauthorized: true }, (_, response) => response.end('OK'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  for (const client of clients) client.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

function client(tls: { ca?: Buffer; cert?: Buffer; key?: Buffer }): EngineClient {
  const { port } = server.address() as AddressInfo;
  const made = createEngineClient({ engineId: 'e1', endpoint: `tcp://127.0.0.1:${port}`, ...tls });
  clients.push(made);
  return made;
}

describe('an engine that wants certificates', () => {
  it('is reached with all three', async () => {
    const all = client({ ca: certificate, cert: certificate, key: privateKey });
    await expect(all.ping(10_000)).resolves.toBeUndefined();
  });

  it('refuses a client without a certificate', async () => {
    await expect(client({ ca: certificate }).ping(10_000)).rejects.toThrow(problem('engine_unreachable'));
  });

  it('is not trusted without its authority', async () => {
    const stranger = client({ cert: certificate, key: privateKey });
    await expect(stranger.ping(10_000)).rejects.toThrow(
      problem('engine_unreachable', { message: expect.stringContaining('TLS') as string }),
    );
  });

  it('is no engine to a plain client', async () => {
    await expect(client({}).ping(10_000)).rejects.toThrow(problem('engine_unreachable'));
  });
});
