import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { NicState } from './engine/model';
import type { DemoVersion } from './engine/versions';
import { versionMix } from './engine/versions';
import { setNic } from './helper/nics';
import { joinHosts } from './helper/state';
import { engineServer } from './http/server';
import { seedContainers } from './seed/containers';
import { seedEngine } from './seed/host';
import { lansOf } from './seed/plan';
import { Ticker } from './stats/ticker';

export type { NicState } from './engine/model';
export type { DemoVersion } from './engine/versions';

export interface DemoOptions {
  /** How many engines, one host each; 3 unless said otherwise. */
  hosts?: number;
  /** Containers over all hosts together, 24 unless said otherwise; 5,000 are fine. */
  containers?: number;
  /** The same seed gives the same names, addresses and traffic. */
  seed?: number;
  /** One engine generation for all hosts; a mix of them otherwise. */
  version?: DemoVersion;
}

export interface Demo {
  /** Where the engines listen: `unix:///…/h1.sock`, on Windows `npipe:////./pipe/…`. */
  endpoints: string[];
  /**
   * Does to a NIC what a host's administrator might.
   * @param host index into `endpoints`
   * @throws RangeError if there is no such host or NIC
   * @throws Error in the kernel's words, if a bridge is to have a NIC that carries macvlan links
   */
  setNic(host: number, nic: string, state: NicState): void;
  /** Ends every stream and takes the sockets away. Safe to call twice. */
  close(): Promise<void>;
}

function checked({ hosts = 3, containers = 24, seed = 1, version }: DemoOptions) {
  if (!Number.isInteger(hosts) || hosts < 1 || hosts > 64) {
    throw new RangeError(`hosts must be a whole number from 1 to 64, not ${hosts}`);
  }
  if (!Number.isInteger(containers) || containers < 0 || containers > 20_000) {
    throw new RangeError(`containers must be a whole number from 0 to 20000, not ${containers}`);
  }
  return { hosts, containers, seed, version };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // As deep as the kernel allows: a client may open a stream per container at once, as engines let it.
    server.listen({ path, backlog: 4096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Hijacked connections are no longer the server's own, so they are ended one by one. */
function trackSockets(server: Server): () => void {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/**
 * Starts simulated engines, each on a unix socket of its own in a private directory (a named pipe on Windows), so
 * that a Docker client reaches them like any other. Nothing on this machine is touched but that directory.
 * @throws RangeError for numbers that make no demo
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { hosts, containers, seed, version } = checked(options);
  // mkdtemp makes it 0700: nobody else may play with the demo.
  const directory = await mkdtemp(join(tmpdir(), 'trunkline-demo-'));
  const ticker = new Ticker();
  const servers: Server[] = [];
  const cuts: (() => void)[] = [];
  const close = async (): Promise<void> => {
    ticker.stop();
    for (const cut of cuts.splice(0)) cut();
    await Promise.all(servers.splice(0).map(shut));
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const places = Array.from({ length: hosts }, (_, i) => {
      const played = version ?? versionMix[i % versionMix.length] ?? '26.1';
      const engine = seedEngine(i, { hosts, containers, seed, version: played });
      return { engine, lans: lansOf(i, hosts, containers) };
    });
    joinHosts(places.map(({ engine }) => engine));
    seedContainers(places, containers, seed);
    const endpoints: string[] = [];
    for (const [i, { engine }] of places.entries()) {
      engine.events.forget();
      const server = engineServer(engine, ticker);
      const pipe = `${basename(directory)}-h${i + 1}`;
      const windows = process.platform === 'win32';
      await listen(server, windows ? `\\\\.\\pipe\\${pipe}` : join(directory, `h${i + 1}.sock`));
      servers.push(server);
      cuts.push(trackSockets(server));
      endpoints.push(windows ? `npipe:////./pipe/${pipe}` : `unix://${join(directory, `h${i + 1}.sock`)}`);
    }
    const set: Demo['setNic'] = (host, nic, state) => {
      const place = places[host];
      if (!place) throw new RangeError(`no host ${host}`);
      setNic(place.engine, nic, state);
    };
    return { endpoints, setNic: set, close };
  } catch (error) {
    await close();
    throw error;
  }
}
