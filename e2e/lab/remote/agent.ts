import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside } from '../namespace';
import type { HostRecord } from '../record';
import { run } from '../run';

/** A key to be added; the passphrase where it is behind one. */
export interface AgentKey {
  file: string;
  passphrase?: string;
}

/** An ssh-agent that holds keys, and has nothing to do with anybody's own. */
export interface SshAgent {
  /** For SSH_AUTH_SOCK. */
  readonly socket: string;
  /** Takes the keys out: it then answers that it has none. */
  clear(): Promise<void>;
  /** Ends it. Otherwise it ends with the lab. */
  stop(): Promise<void>;
}

let count = 0;

/** Starts an agent among the host's processes, with a socket that the whole machine reaches. */
export async function startAgent(host: HostRecord, keys: readonly AgentKey[]): Promise<SshAgent> {
  const folder = join(host.dir, 'ssh', `agent-${process.pid}-${++count}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socket = join(folder, 'socket');
  const told = await run(inside(host, ['ssh-agent', '-s', '-a', socket]));
  const pid = /SSH_AGENT_PID=(\d+)/.exec(told)?.[1] ?? '';
  const add = (...argv: string[]) => run(inside(host, ['env', `SSH_AUTH_SOCK=${socket}`, ...argv]));
  const agent: SshAgent = {
    socket,
    clear: async () => {
      await add('ssh-add', '-q', '-D');
    },
    stop: async () => {
      await run(inside(host, ['kill', pid]));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // The one way to give ssh-add a passphrase where nobody types.
  const askpass = join(folder, 'askpass');
  writeFileSync(askpass, '#!/bin/sh\necho "$LAB_PASSPHRASE"\n', { mode: 0o700 });
  for (const { file, passphrase = '' } of keys)
    await add(
      `SSH_ASKPASS=${askpass}`,
      'SSH_ASKPASS_REQUIRE=force',
      `LAB_PASSPHRASE=${passphrase}`,
      'ssh-add',
      '-q',
      file,
    );
  return agent;
}
