import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requiredApplets } from '../tools';
import type { UnpackedPackage } from './apt';
import { appletsIn, toolsFrom } from './debian-tools';
import { elfFile } from './testing';

const arm = 183;
const appletTable = Buffer.from(
  `text\0[\0[[\0${[...requiredApplets, 'busybox'].sort().join('\0')}\0\0more`,
  'latin1',
);
const loader = '/lib/ld-linux-aarch64.so.1';
let dir = '';

beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'trunkline-tools-'))));
afterEach(() => rm(dir, { recursive: true }));

/** An unpacked package: what begins with `->` is a link. */
async function unpacked(name: string, files: Record<string, Buffer | string>): Promise<UnpackedPackage> {
  const folder = join(dir, name);
  const all = { [`usr/share/doc/${name}/copyright`]: 'free', ...files };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) {
      await symlink(content.slice(2), join(folder, path));
    } else await writeFile(join(folder, path), content);
  }
  return { name, version: '1', folder };
}

const busybox = () =>
  unpacked('busybox-static', { 'bin/busybox': Buffer.concat([elfFile(arm), appletTable]) });
const iproute = (needed: string[]) =>
  unpacked('iproute2', {
    'bin/ip': elfFile(arm, { interpreter: loader, needed }),
    // Absolute, and of the image's `/`: on this machine it leads elsewhere.
    'sbin/ip': '->/bin/ip',
    'sbin/tc': elfFile(arm, { interpreter: loader, needed }),
  });
const ndisc = () => unpacked('ndisc6', { 'usr/bin/ndisc6': elfFile(arm) });
const libc = () =>
  unpacked('libc6', {
    'lib/aarch64-linux-gnu/ld.so': elfFile(arm),
    'lib/ld-linux-aarch64.so.1': '->aarch64-linux-gnu/ld.so',
    'lib/aarch64-linux-gnu/libc.so.6': elfFile(arm, { needed: ['ld-linux-aarch64.so.1'] }),
  });

describe('toolsFrom', () => {
  it('finds the programs and, to the last, what they need', async () => {
    const mnl = await unpacked('libmnl0', {
      'usr/lib/aarch64-linux-gnu/libmnl.so.0': '->libmnl.so.0.2.0',
      'usr/lib/aarch64-linux-gnu/libmnl.so.0.2.0': elfFile(arm, { needed: ['libc.so.6'] }),
    });
    const unused = await unpacked('libssl3', { 'usr/lib/aarch64-linux-gnu/libssl.so.3': elfFile(arm) });
    const all = [unused, mnl, await libc(), await iproute(['libmnl.so.0']), await ndisc(), await busybox()];
    const { tools, packages } = await toolsFrom(all, 'aarch64');
    expect([...tools.libraries]).toEqual([
      ['/lib/aarch64-linux-gnu/libc.so.6', join(dir, 'libc6/lib/aarch64-linux-gnu/libc.so.6')],
      ['/lib/aarch64-linux-gnu/libmnl.so.0', join(dir, 'libmnl0/usr/lib/aarch64-linux-gnu/libmnl.so.0.2.0')],
      [loader, join(dir, 'libc6/lib/aarch64-linux-gnu/ld.so')],
    ]);
    expect(tools.programs.get('ip')).toBe(join(dir, 'iproute2/bin/ip'));
    expect(tools.programs.get('ndisc6')).toBe(join(dir, 'ndisc6/usr/bin/ndisc6'));
    expect(tools.applets).toEqual(['[', '[[', ...[...requiredApplets].sort()]);
    expect(packages.map(({ name }) => name).sort()).toEqual([
      'busybox-static',
      'iproute2',
      'libc6',
      'libmnl0',
      'ndisc6',
    ]);
    const licence = tools.documents.get('/usr/share/doc/libmnl0/copyright') ?? '';
    expect(await readFile(licence, 'utf8')).toBe('free');
  });

  it('refuses what lacks a library, or is for another architecture', async () => {
    const all = [await libc(), await iproute(['libgone.so.1']), await ndisc(), await busybox()];
    await expect(toolsFrom(all, 'aarch64')).rejects.toThrow('no package has libgone.so.1');
    await expect(toolsFrom(all, 'x86_64')).rejects.toThrow(/is for aarch64, not x86_64/);
    await expect(toolsFrom(all.slice(0, 3), 'aarch64')).rejects.toThrow('no package has busybox');
  });
});

describe('appletsIn', () => {
  it('refuses a busybox without what the scripts use', () => {
    expect(() => appletsIn(Buffer.from('nothing'))).toThrow('this busybox lacks sh, awk');
    const few = Buffer.from('\0[\0[[\0awk\0sh\0\0', 'latin1');
    expect(() => appletsIn(few)).toThrow('this busybox lacks arping, cat, ls, ping, readlink, sed');
  });
});
