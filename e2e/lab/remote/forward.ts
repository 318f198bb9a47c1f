import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { identify } from '../procfs';
import type { ProcessRecord } from '../record';
import { cleanEnv } from '../run';

/** Where something of a host listens on the lab's LAN. */
export interface LanPort {
  host: string;
  port: number;
}

/** The way from the machine's loopback onto a lab's LAN. */
export interface Forwarder {
  /** Undefined where it has ended at once. */
  readonly process: ProcessRecord | undefined;
  /** Gives the port on 127.0.0.1 that leads there. It stays the same, whatever comes and goes behind it. */
  open(to: LanPort): Promise<number>;
}

/**
 * Starts a lab's forwarder in the network namespace that `enter` leads to (`nsenter --net=…`, or `unshare --net`: one of
 * its own, which lives as long as what is in it). It is there
 * once the first port is open. Its log goes to `dir`. @throws Error when it doesn't start.
 */
export async function startForwarder([enter = '', ...args]: string[], dir: string): Promise<Forwarder> {
  const log = openSync(join(dir, 'forwarder.log'), 'a');
  const program = join(import.meta.dirname, 'forwarder.mjs');
  const child = spawn(enter, [...args, process.execPath, program], {
    env: cleanEnv,
    stdio: ['ignore', log, log, 'ipc'],
    // A session of its own: Ctrl-C is for the owner, who then removes the lab in order.
    detached: true,
  });
  closeSync(log);
  await once(child, 'spawn');
  child.unref();
  child.channel?.unref();
  return {
    process: child.pid === undefined ? undefined : identify(child.pid),
    open: (to) => forward(child, to),
  };
}

async function forward(child: ChildProcess, to: LanPort): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await handOver(child, server, to);
  } finally {
    // Its twin in the other process listens on.
    server.close();
  }
  return port;
}

function handOver(child: ChildProcess, server: Server, to: LanPort): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (why: unknown) => {
      settle(() => reject(new Error(`the lab's forwarder did not start: ${String(why)}`)));
    };
    const ready = () => {
      settle(resolve);
    };
    const settle = (how: () => void) => {
      child.off('message', ready).off('exit', failed).off('error', failed);
      child.channel?.unref();
      how();
    };
    child.on('message', ready).on('exit', failed).on('error', failed);
    child.channel?.ref();
    child.send({ to }, server, (error) => {
      if (error) failed(error.message);
    });
  });
}
