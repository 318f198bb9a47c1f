import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addresses } from '../testing/ways';
import { HostsFile } from './hosts-file';

const broken = 'version: 1\nengines: {';

let dir: string;
let file: string;
let hosts: HostsFile;
/** What was wrong whenever it told that something differs. */
let told: (string | undefined)[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-hosts-'));
  file = join(dir, 'hosts');
  await writeFile(file, 'unix:///run/one.sock\n');
  hosts = await HostsFile.open(file, addresses);
  told = [];
  hosts.watch(
    () => told.push(hosts.problem()?.code),
    (error) => {
      throw error;
    },
  );
});
afterEach(async () => {
  hosts.dispose();
  await rm(dir, { recursive: true });
});
const tells = (codes: readonly (string | undefined)[]) =>
  expect.poll(() => told, { timeout: 10_000 }).toEqual(codes);
const breakIt = async () => {
  await writeFile(file, broken);
  await tells(['settings_broken']);
};

describe('what is wrong with a hosts file', () => {
  it.each([
    ['taken away', () => rm(file)],
    ['emptied', () => writeFile(file, ' \n')],
  ])('goes with it where it is %s, and its engines go on', async (_how, away) => {
    await breakIt();
    await away();
    await tells(['settings_broken', undefined]);
    expect(hosts.engines()).toHaveLength(1);
  });

  it('is told again where the same comes back', async () => {
    await breakIt();
    const aside = join(dir, 'aside');
    await rename(file, aside);
    await tells(['settings_broken', undefined]);
    await rename(aside, file);
    await tells(['settings_broken', undefined, 'settings_broken']);
  });
});
