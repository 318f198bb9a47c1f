import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, ParsedKey, Server as SshServer } from 'ssh2';
import type { AccessContext } from '../places/access';
import { createEngineClient } from '../client';
import type { EngineClient } from '../engine-client';
import type { SshConnection } from './hops';
import { fingerprint, knownName } from './known-hosts';
import { AgentProtocol, Server, utils } from './library';

/** A key pair in OpenSSH's format. */
export interface KeyPair {
  private: string;
  public: string;
}

const parsed = (text: string): ParsedKey => {
  const key: unknown = utils.parseKey(text);
  if (key instanceof Error) throw key;
  return (Array.isArray(key) ? key[0] : key) as ParsedKey;
};
export const blobOf = (key: KeyPair): Buffer => parsed(key.public).getPublicSSH();
export const fingerprintOf = (key: KeyPair): string => fingerprint(blobOf(key));

function tryKey(type: 'ed25519' | 'ecdsa' | 'rsa', passphrase?: string): KeyPair {
  const bits = type === 'rsa' ? 2048 : 256;
  if (passphrase === undefined)
    return type === 'ed25519' ? utils.generateKeyPairSync(type) : utils.generateKeyPairSync(type, { bits });
  const secret = { passphrase, cipher: 'aes256-ctr', rounds: 4 };
  return type === 'ed25519'
    ? utils.generateKeyPairSync(type, secret)
    : utils.generateKeyPairSync(type, { bits, ...secret });
}

/** ssh2 makes a key now and then that it can't read itself (a number that begins with zeros): then another is made. */
export function makeKey(type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519', passphrase?: string): KeyPair {
  for (let tries = 0; ; tries += 1) {
    const pair = tryKey(type, passphrase);
    const halves = [utils.parseKey(pair.private, passphrase), utils.parseKey(pair.public)];
    if (!halves.some((half) => half instanceof Error) || tries === 20) return pair;
  }
}

/** How a test's SSH host behaves. */
export interface HostOptions {
  hostKeys?: KeyPair[];
  /** Keys that are let in. */
  authorized?: KeyPair[];
  /** What it says that it takes, where nothing was right. */
  methods?: ('publickey' | 'password' | 'keyboard-interactive')[];
  /** Forwarding to sockets, and on to other hosts. */
  forwarding?: 'yes' | 'prohibited' | 'fails';
  /** Hangs up after so many keys. */
  mostTries?: number;
}

/** An SSH host within this process. */
export interface SshHost {
  readonly port: number;
  readonly hostKey: KeyPair;
  /** Connections that were accepted, since it began. */
  readonly accepted: number;
  /** Users that signed in, in order. */
  readonly users: string[];
  /** How many connections are open. */
  readonly open: number;
  /** Channels that are open. */
  readonly channels: number;
  /** Names of users with how each tried to sign in: `root publickey SHA256:…`. */
  readonly tries: string[];
  /** Line of known_hosts for it. */
  knownLine(key?: KeyPair): string;
  /** Cuts every connection, as a cable does that is pulled. */
  cut(): void;
  close(): Promise<void>;
}

/** As sshd says “Too many authentication failures”; ssh2 has no word of its own for it. */
function hangUp(client: Connection): void {
  const { _protocol } = client as unknown as { _protocol: { disconnect(reason: number): void } };
  _protocol.disconnect(2);
  client.end();
}

class TestHost implements SshHost {
  port = 0;
  accepted = 0;
  channels = 0;
  readonly users: string[] = [];
  readonly tries: string[] = [];
  readonly hostKey: KeyPair;
  private readonly sockets = new Set<Socket>();
  private readonly front: Listener;
  private readonly server: SshServer;

  constructor(private readonly options: HostOptions) {
    const hostKeys = options.hostKeys ?? [makeKey()];
    this.hostKey = hostKeys[0] as KeyPair;
    this.server = new Server({ hostKeys: hostKeys.map((key) => key.private) }, (client) =>
      this.serve(client),
    );
    // A listener of our own: its sockets can be cut without a word, as SSH's own end is orderly.
    this.front = createServer((socket) => {
      this.accepted++;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
      this.server.injectSocket(socket);
    });
  }

  get open(): number {
    return this.sockets.size;
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.front.listen(0, '127.0.0.1', done));
    this.port = (this.front.address() as AddressInfo).port;
  }

  knownLine(key = this.hostKey): string {
    return `${knownName('127.0.0.1', this.port)} ${key.public.split(' ').slice(0, 2).join(' ')}`;
  }

  cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.front.close(done));
  }

  private serve(client: Connection): void {
    const { authorized = [], methods = ['publickey'], mostTries = 6 } = this.options;
    let failed = 0;
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      const key = context.method === 'publickey' ? context.key : undefined;
      this.tries.push(`${context.username} ${context.method}${key ? ` ${fingerprint(key.data)}` : ''}`);
      const mine = authorized.find((each) => key && blobOf(each).equals(key.data));
      if (!mine || context.method !== 'publickey') {
        if (++failed >= mostTries) return hangUp(client);
        return context.reject([...methods]);
      }
      if (!context.signature) return context.accept();
      const good = parsed(mine.public).verify(context.blob as Buffer, context.signature, context.hashAlgo);
      if (good !== true) return context.reject([...methods]);
      this.users.push(context.username);
      context.accept();
    });
    client.on('openssh.streamlocal', (accept, reject, { socketPath }) =>
      this.forward(accept, reject, () => connect(socketPath)),
    );
    client.on('tcpip', (accept, reject, { destIP, destPort }) =>
      this.forward(accept, reject, () => connect(destPort, destIP)),
    );
  }

  private forward(accept: () => NodeJS.ReadWriteStream, reject: () => void, dial: () => Socket): void {
    if (this.options.forwarding === 'prohibited') return reject();
    const far = dial();
    far.once('error', () => reject());
    far.once('connect', () => {
      const channel = accept();
      this.channels++;
      far.removeAllListeners('error').on('error', () => undefined);
      far.on('close', () => this.channels--);
      channel.pipe(far).pipe(channel as NodeJS.WritableStream);
      channel.on('close', () => far.destroy()).on('error', () => undefined);
    });
  }
}

/** An HTTP server on a socket: what stands behind an SSH host. */
export interface FarEngine {
  readonly socket: string;
  close(): Promise<void>;
}

/** A folder of its own with all that a test of SSH needs; `close` ends it all and removes it. */
export class SshLab {
  readonly home = mkdtempSync(join(tmpdir(), 'trunkline-ssh-'));
  private readonly ends: (() => unknown)[] = [];
  private count = 0;

  constructor() {
    mkdirSync(join(this.home, '.ssh'), { mode: 0o700 });
  }

  get access(): AccessContext {
    return {
      home: this.home,
      env: {},
      knownHostsFile: join(this.home, 'own_known_hosts'),
      passphrase: async () => undefined,
    };
  }

  /** Ended with the rest, before what was made earlier. */
  keep(end: () => unknown): void {
    this.ends.push(end);
  }

  async host(options: HostOptions = {}): Promise<SshHost> {
    const host = new TestHost(options);
    await host.listen();
    this.keep(() => host.close());
    return host;
  }

  async engine(
    answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
      response.end('OK'),
  ): Promise<FarEngine> {
    const socket = join(this.home, `engine-${++this.count}.sock`);
    const server = createHttp(answer);
    await new Promise<void>((done) => server.listen(socket, done));
    const close = async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    };
    this.keep(close);
    return { socket, close };
  }

  /** An agent that holds these keys. Gives its socket. */
  async agent(keys: KeyPair[]): Promise<string> {
    const socket = join(this.home, `agent-${++this.count}.sock`);
    const sockets = new Set<Socket>();
    const server = createServer((stream) => {
      sockets.add(stream);
      const protocol = new AgentProtocol(false);
      protocol.on('identities', (request) =>
        protocol.getIdentitiesReply(
          request,
          keys.map((key) => parsed(key.private)),
        ),
      );
      protocol.on('sign', (request, key, data, { hash }) => {
        const blob = (key as ParsedKey).getPublicSSH();
        const mine = keys.find((each) => blobOf(each).equals(blob));
        if (!mine) return protocol.failureReply(request);
        protocol.signReply(request, parsed(mine.private).sign(data, hash));
      });
      stream.on('error', () => undefined);
      stream.pipe(protocol).pipe(stream);
    });
    await new Promise<void>((done) => server.listen(socket, done));
    this.keep(async () => {
      for (const each of sockets) each.destroy();
      await new Promise((done) => server.close(done));
    });
    return socket;
  }

  /** Writes a file of the home folder, and gives its path. */
  file(name: string, content: string): string {
    const path = join(this.home, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  key(name: string, key: KeyPair): string {
    return this.file(name, key.private);
  }

  known(...lines: string[]): void {
    this.file('.ssh/known_hosts', `${lines.join('\n')}\n`);
  }

  connection(host: SshHost, engine: FarEngine | string, more: Partial<SshConnection> = {}): SshConnection {
    const socket = typeof engine === 'string' ? engine : engine.socket;
    return { kind: 'ssh', host: '127.0.0.1', port: host.port, user: 'root', socket, ...more };
  }

  /** Closed with the rest. */
  client(connection: SshConnection, access: Partial<AccessContext> = {}, timeoutMs = 20_000): EngineClient {
    const how = { engineId: 'e1', connection, access: { ...this.access, ...access }, timeoutMs };
    const made = createEngineClient(how);
    this.keep(() => made.close());
    return made;
  }

  async close(): Promise<void> {
    for (const end of this.ends.splice(0).reverse()) await end();
    rmSync(this.home, { recursive: true, force: true });
  }
}
