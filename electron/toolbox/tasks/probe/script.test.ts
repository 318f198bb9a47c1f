import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProbe } from './parse';
import { keepScript } from './script';

const address = '10.70.1.60';
const low = '02:00:00:00:00:01';
const high = '02:00:00:00:00:02';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-keep-'));
});
afterEach(() => rm(folder, { recursive: true }));

const program = async (name: string, text: string) => {
  await writeFile(join(folder, name), `#!/bin/sh\n${text}`);
  await chmod(join(folder, name), 0o755);
};

interface Lan {
  /** Who answers. */
  other: string;
  /** How often it does before it gives way; for ever unless told. */
  times?: number;
}

/** What the script tells of the address, and how often the LAN was asked. Its seconds pass at once. */
async function keep(where: 'apart' | 'near', mac: string, { other, times = 99 }: Lan) {
  const asked = join(folder, 'asked');
  await writeFile(asked, '');
  await program('sleep', '');
  await program(
    'arping',
    `echo >>'${asked}'
echo 'ARPING ${address} from 0.0.0.0 nic'
[ "$(wc -l <'${asked}')" -gt ${String(times)} ] || echo 'Unicast reply from ${address} [${other}] 0.5ms'`,
  );
  const output = await new Promise<string>((resolve, reject) => {
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
    const args = ['-c', keepScript, 'sh', 'no-such-nic', where, mac, address];
    execFile('sh', args, { env }, (error, out) => (error ? reject(error) : resolve(out)));
  });
  const [told] = parseProbe(output, [address]);
  return { macs: told?.macs, asked: (await readFile(asked, 'utf8')).length };
}

describe('of two that have an address at one moment', () => {
  it.each([
    ['the one with the higher MAC gives way at once', high, { other: low }, { macs: [low], asked: 1 }],
    ['the one with the lower stays once the other has gone', low, { other: high, times: 2 }, { asked: 3 }],
    ['it gives way, too, where it waits in vain', low, { other: high }, { macs: [high], asked: 9 }],
    ['it stays where nobody answers', low, { other: high, times: 0 }, { asked: 1 }],
    // The MAC of its NIC can't be read: it has no claim to be the first, and waits.
    ['one of which the MAC is not known waits in vain', '-', { other: low }, { macs: [low], asked: 9 }],
  ])('%s', async (_what, mac, lan, expected) => {
    const { macs, asked } = await keep('apart', mac, lan);
    expect({ macs, asked }).toEqual({ macs: [], ...expected });
  });

  it('both draw lots for how long they wait where they have one MAC', async () => {
    const { macs, asked } = await keep('apart', low, { other: low });
    expect(macs).toEqual([low]);
    expect([1, 4, 7, 10]).toContain(asked);
  });

  it('an answer with its own MAC is its own where the NIC hears it', async () => {
    const { macs, asked } = await keep('near', low, { other: low });
    expect({ macs, asked }).toEqual({ macs: [], asked: 1 });
  });
});
