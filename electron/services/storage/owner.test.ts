import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { isAlive } from './owner';

const fieldsOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

it.runIf(process.platform === 'linux')(
  'a process that has ended lives no more while nobody asks how',
  async () => {
    // Its parent becomes another program, which never asks; until it has, the child goes on, or the shell would ask.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    try {
      const [said] = (await once(parent.stdout!, 'data')) as [Buffer];
      const pid = Number(String(said));
      const name = `${pid}/${fieldsOf(pid)[19] ?? ''}/0/x`;
      await vi.waitFor(() => expect(readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n'));
      expect(isAlive(name)).toBe(true);
      (parent.stdio[3] as Writable).end();
      await vi.waitFor(() => expect(fieldsOf(pid)[0]).toBe('Z'));
      expect(isAlive(name)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
