import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { AccessContext } from '../../electron/docker/places/access';
import { dialerFor } from '../../electron/docker/dial';
import type { Dialer } from '../../electron/docker/wire/dialer';
import type { EngineConnection } from '../../shared/model';
import { startLab, type Lab, type LabHost } from '../lab';
import { kernelDifferences, type Differences } from './known-differences';
import { spareOf } from './real';
import { conformance, type Part } from './suite';

const ways: Record<'TLS' | 'SSH', (host: LabHost) => EngineConnection> = {
  TLS: ({ tls }) => ({
    kind: 'tcp',
    host: tls!.address,
    port: tls!.port,
    tls: { ca: tls!.ca, cert: tls!.cert, key: tls!.key },
    plainAccepted: false,
  }),
  SSH: ({ ssh }) => ({
    kind: 'ssh',
    host: ssh!.host,
    port: ssh!.port,
    user: ssh!.user,
    keyFile: ssh!.keyFile,
  }),
};

/** A socket behind which the console's own way to the engine lies: the suite speaks to sockets. */
async function listen(path: string, dialer: Dialer): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    open.add(near);
    near.on('close', () => open.delete(near));
    near.on('error', () => undefined);
    dialer.dial().then(
      (far) => {
        far.on('error', () => near.destroy());
        near.on('close', () => far.destroy());
        near.pipe(far).pipe(near);
      },
      () => near.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
}

/** Answers without an end, or both ways over one connection: each way to the engine has to carry all of them. */
const streams = new Set<Part>(['events', 'stats', 'exec']);
const turns = { TLS: 0, SSH: 1 };

describe('a real engine', () => {
  let lab: Lab | undefined;
  let differences: Differences;
  beforeAll(async () => {
    differences = await kernelDifferences();
    lab = await startLab({ hosts: [{ engine: 'docker-26.1', tls: true, ssh: true }] });
  });
  afterAll(() => lab?.down());

  describe.each(['TLS', 'SSH'] as const)('behind %s', (way) => {
    let socket = '';
    let stop: (() => Promise<void>) | undefined;
    let dialer: Dialer | undefined;
    beforeAll(async () => {
      const host = lab!.hosts[0]!;
      const knownHostsFile = join(lab!.dir, 'known_hosts');
      writeFileSync(knownHostsFile, `${host.ssh!.knownHostsLine}\n`);
      const access: AccessContext = {
        home: lab!.dir,
        env: {},
        knownHostsFile,
        passphrase: () => Promise.resolve(undefined),
      };
      dialer = dialerFor(ways[way](host), access, 15_000);
      socket = join(lab!.dir, `${way}.sock`);
      stop = await listen(socket, dialer);
    });
    afterAll(async () => {
      dialer?.close();
      await stop?.();
    });
    const spare = spareOf(() => lab!.hosts[0]!);
    // The engine is the one that runs the whole suite on its own socket: of the plain answers each way carries half.
    conformance(
      () => ({ socket, version: '26.1', nics: ['eth1', 'eth2'], spare, differences }),
      (part, place) => streams.has(part) || place % 2 === turns[way],
    );
  });
});
