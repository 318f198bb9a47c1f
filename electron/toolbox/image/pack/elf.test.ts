import { readFileSync } from 'node:fs';
import { machine } from 'node:os';
import { expect, it } from 'vitest';
import { readElf } from './elf';
import { elfFile } from './testing';

it('readElf tells the machine, the loader and the libraries', () => {
  const file = elfFile(183, { interpreter: '/lib/ld.so.1', needed: ['libc.so.6', 'libm.so.6'] });
  expect(readElf(file)).toEqual({
    architecture: 'aarch64',
    interpreter: '/lib/ld.so.1',
    needed: ['libc.so.6', 'libm.so.6'],
  });
});

it('readElf takes a static program as one that needs nothing', () => {
  expect(readElf(elfFile(62))).toEqual({ architecture: 'x86_64', needed: [] });
});

it('readElf names a machine that it doesn’t know, and refuses what is no such file', () => {
  expect(readElf(elfFile(243))).toMatchObject({ architecture: 'machine 243' });
  expect(readElf(Buffer.from('#!/bin/sh\n'))).toBeNull();
  expect(readElf(Buffer.alloc(0))).toBeNull();
  const short = elfFile(62, { needed: ['libc.so.6'] }).subarray(0, 100);
  expect(() => readElf(short)).toThrow(RangeError);
});

it.runIf(process.platform === 'linux')('readElf reads a real program: the one that runs this', () => {
  const elf = readElf(readFileSync(process.execPath));
  expect(elf).toMatchObject({ architecture: machine() });
  expect(elf?.needed).toContain('libc.so.6');
  expect(elf?.interpreter).toMatch(/^\/lib.*\/ld-/);
});
