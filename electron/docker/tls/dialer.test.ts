import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createSocket, type AddressInfo, type Server as Listener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EngineConnection, TlsSettings } from '../../../shared/model';
import { ownAccess } from '../places/access';
import { createEngineClient } from '../client';
import { problem, text } from '../testing/test-engine';
import { makePair, type Pair } from './testing';

type Tcp = Extract<EngineConnection, { kind: 'tcp' }>;

let folder: string;
let authority: Pair;
let engineCert: Pair;
let own: Pair;
const ends: (() => Promise<void>)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-tls-'));
  authority = makePair();
  engineCert = makePair({ by: authority, names: ['localhost', '127.0.0.1'] });
  own = makePair({ by: authority });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Files of the console, as an admin names them. */
const files = (parts: { ca?: Pair; own?: Pair } = { ca: authority, own }): TlsSettings => ({
  ...(parts.ca && { ca: file('ca.pem', parts.ca.cert) }),
  ...(parts.own && { cert: file('cert.pem', parts.own.cert), key: file('key.pem', parts.own.key) }),
});

async function listening(server: Listener): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(async () => {
    (server as Partial<Server>).closeAllConnections?.();
    await new Promise((done) => server.close(done));
  });
  return (server.address() as AddressInfo).port;
}

/** An engine behind TLS that wants a certificate of its authority. */
function engine(more: ServerOptions = {}, shown = engineCert) {
  const options = { ...shown, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  return listening(createServer({ ...options, ...more }, (_, response) => response.end('OK')));
}

function client(port: number, tls: TlsSettings | null, more: Partial<Tcp> = {}) {
  const connection: Tcp = { kind: 'tcp', host: '127.0.0.1', port, tls, plainAccepted: false, ...more };
  const access = { ...ownAccess(folder), home: folder, env: {} };
  const made = createEngineClient({ engineId: 'e1', connection, access });
  ends.push(async () => made.close());
  return made;
}

const ping = (port: number, tls: TlsSettings | null, more?: Partial<Tcp>) =>
  client(port, tls, more).ping(10_000);

describe('an engine behind mutual TLS', () => {
  it('is reached with all three files, by address and by name', async () => {
    const port = await engine();
    await expect(ping(port, files())).resolves.toBeUndefined();
    await expect(ping(port, files(), { host: 'localhost' })).resolves.toBeUndefined();
  });

  it('reads its certificates anew for each connection: renewed ones are taken by themselves', async () => {
    const port = await engine();
    const stale = files({ ca: authority, own: makePair({ by: authority, days: [-20, -10] }) });
    const made = client(port, stale);
    await expect(made.ping(10_000)).rejects.toThrow(
      problem('tls_expired', { params: { context: 'client', host: text(`${port}`) } }),
    );
    files();
    await expect(made.ping(10_000)).resolves.toBeUndefined();
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'refuses a console without a certificate (%s)',
    async (version) => {
      const port = await engine({ minVersion: version, maxVersion: version });
      await expect(ping(port, files({ ca: authority }))).rejects.toThrow(problem('tls_client_refused'));
    },
  );

  it('is not spoken to below TLS 1.2', async () => {
    const port = await engine({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    await expect(ping(port, files())).rejects.toThrow(problem('engine_unreachable'));
  });
});

describe('who answers is proven', () => {
  it('by the authority that was named', async () => {
    const port = await engine();
    await expect(ping(port, files({ ca: makePair(), own }))).rejects.toThrow(problem('tls_untrusted'));
  });

  it('by those that the system trusts, where none was named', async () => {
    const port = await engine({ requestCert: false, rejectUnauthorized: false });
    await expect(ping(port, {})).rejects.toThrow(problem('tls_untrusted'));
  });

  it('by its name, and the names that would do are told', async () => {
    const port = await engine({}, makePair({ by: authority, names: ['engine.example', '192.0.2.7'] }));
    await expect(ping(port, files())).rejects.toThrow(
      problem('tls_name_mismatch', {
        params: { host: `127.0.0.1:${port}`, names: 'engine.example, 192.0.2.7' },
      }),
    );
    for (const serverName of ['engine.example', '192.0.2.7'])
      await expect(ping(port, { ...files(), serverName })).resolves.toBeUndefined();
  });

  it.each([
    ['ended', [-20, -10] as [number, number]],
    ['has not begun', [10, 20] as [number, number]],
  ])('by its time: one that %s', async (_, days) => {
    const port = await engine({}, makePair({ by: authority, names: ['127.0.0.1'], days }));
    await expect(ping(port, files())).rejects.toThrow(problem('tls_expired'));
  });
});

describe('files that can’t be used', () => {
  const broken = (tls: () => TlsSettings, words: string) =>
    expect(ping(1, tls())).rejects.toThrow(problem('tls_files', { message: text(words) }));

  it('are told of before anything is sent: nothing listens on that port', async () => {
    await broken(() => ({ ca: join(folder, 'gone.pem') }), 'there is no such file');
    await broken(() => ({ ca: folder }), 'it is a folder');
    await broken(() => ({ ca: file('text.pem', 'no certificate') }), 'no certificate in PEM');
    await broken(() => ({ cert: file('c.pem', own.cert) }), 'key that belongs to it is missing');
    await broken(() => ({ key: file('k.pem', own.key) }), 'certificate that belongs to it is missing');
    await broken(() => ({ ...files(), key: file('other.pem', makePair().key) }), 'does not belong to');
    await broken(() => ({ ...files(), key: file('odd.pem', own.cert) }), 'no private key in PEM');
  });

  it('do not come out in the message', async () => {
    const secret = own.key.slice(60, 120);
    const failed = await ping(1, { ...files(), key: file('torn.pem', own.key.slice(0, 400)) }).catch(
      (error: unknown) => error,
    );
    expect(failed).toEqual(problem('tls_files'));
    expect(JSON.stringify(failed)).not.toContain(secret);
  });
});

describe('plain TCP', () => {
  it('is refused before a byte is sent, unless the admin accepted it', async () => {
    let met = 0;
    const port = await listening(createSocket((socket) => (met++, socket.destroy())));
    await expect(ping(port, null)).rejects.toThrow(
      problem('plain_tcp_unaccepted', { params: { address: `tcp://127.0.0.1:${port}` } }),
    );
    expect(met).toBe(0);
    const plain = await listening(createPlain((_, response) => response.end('OK')));
    await expect(ping(plain, null, { plainAccepted: true })).resolves.toBeUndefined();
  });

  it.each([
    ['Docker', 'Client sent an HTTP request to an HTTPS server.\n'],
    ['nginx', '<h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port'],
  ])('to a port that speaks TLS is understood in the words of %s', async (_, words) => {
    const answer = `HTTP/1.0 400 Bad Request\r\n\r\n${words}`;
    const port = await listening(createSocket((socket) => socket.once('data', () => socket.end(answer))));
    await expect(ping(port, null, { plainAccepted: true })).rejects.toThrow(
      problem('tls_client_refused', { params: { context: 'plain', host: `127.0.0.1:${port}` } }),
    );
  });

  it('is understood by an alert of TLS, too', async () => {
    const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 10]);
    const port = await listening(createSocket((socket) => socket.once('data', () => socket.end(alert))));
    await expect(ping(port, null, { plainAccepted: true })).rejects.toThrow(
      problem('tls_client_refused', { params: { context: 'plain', host: `127.0.0.1:${port}` } }),
    );
  });

  it('on a port where TLS was expected says so, too', async () => {
    const port = await listening(createPlain((_, response) => response.end('OK')));
    await expect(ping(port, files())).rejects.toThrow(
      problem('tls_client_refused', { params: { context: 'not_tls', host: `127.0.0.1:${port}` } }),
    );
  });
});

describe('a port that never answers', () => {
  it('does not hold what goes to others, nor stay open when the client is closed', async () => {
    let open = 0;
    const silent = await listening(
      createSocket((socket) => {
        open++;
        socket
          .on('close', () => open--)
          .on('error', () => undefined)
          .resume();
      }),
    );
    const port = await engine();
    const hanging = Array.from({ length: 10 }, () => client(silent, files()));
    const waiting = hanging.map((each) => each.ping(60_000).catch((error: unknown) => error));
    await expect(ping(port, files())).resolves.toBeUndefined();
    await expect.poll(() => open).toBe(10);
    for (const each of hanging) each.close();
    await expect.poll(() => open).toBe(0);
    for (const end of await Promise.all(waiting)) expect(end).toEqual(problem('engine_unreachable'));
  });

  it('is given up at the deadline of the call, and its socket with it', async () => {
    let open = 0;
    const silent = await listening(
      createSocket((socket) => {
        open++;
        socket
          .on('close', () => open--)
          .on('error', () => undefined)
          .resume();
      }),
    );
    const connection: Tcp = {
      kind: 'tcp',
      host: '127.0.0.1',
      port: silent,
      tls: files(),
      plainAccepted: false,
    };
    const made = createEngineClient({
      engineId: 'e1',
      connection,
      access: ownAccess(folder),
      timeoutMs: 300,
    });
    ends.push(async () => made.close());
    await expect(made.ping(200)).rejects.toThrow(problem('engine_timeout'));
    await expect.poll(() => open).toBe(0);
  });
});
