import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { isAlive } from './owner';

const fieldsOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

it.runIf(process.platform === 'linux')(
  'a process that has ended lives no more while nobody asks how',
  async () => {
    // Its parent becomes another program, which never asks.
    const parent = spawn('sh', ['-c', 'cat & echo $!; exec sleep 60'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const [said] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(String(said));
      const name = `${pid}/${fieldsOf(pid)[19] ?? ''}/0/x`;
      await vi.waitFor(() => expect(fieldsOf(pid)[0]).toBe('Z'));
      expect(isAlive(name)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
