import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DialAgent } from './connection';

let server: Server;
beforeEach(async () => {
  server = createServer((_, response) => response.end('OK'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

it('the agent costs nothing to inspect, as the modem does at each call', () => {
  const agent = new DialAgent({ dial: () => Promise.reject(new Error()), close: () => undefined });
  expect(inspect({ agent }, { showHidden: true, depth: null })).toBe('{ agent: Agent }');
  agent.destroy();
});

it('a stream that is there only after the agent was destroyed does not stay open', async () => {
  let give!: (stream: Duplex) => void;
  const agent = new DialAgent({ dial: () => new Promise((done) => (give = done)), close: () => undefined });
  const asked = request({ agent, path: '/' });
  const failed = new Promise<Error>((done) => asked.on('error', done));
  asked.end();
  agent.destroy();
  const { port } = server.address() as AddressInfo;
  const late = connect({ port, host: '127.0.0.1' });
  const gone = new Promise((done) => late.on('close', done));
  give(late);
  expect((await failed).message).toContain('closed');
  await gone;
});
