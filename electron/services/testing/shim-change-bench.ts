import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { ShimWorld, type ShimConsole } from './shim-world';

/** The link of the network `lan` of a {@link ShimWorld}, and the address that is suggested for it. */
export const link = 'tl-aaaaaaaaaaaa';
export const address = '10.70.1.2';

/** A console that is in step with a host, made anew for each test. */
export class ShimChangeBench {
  host!: ShimWorld;
  at!: ShimConsole;
  dir = '';

  /** Links on hosts, in words. */
  here = (): string[] => [...this.host.links.values()].map((each) => `${each.name} ${each.address}`);
  /** What is kept, in words. */
  kept = (): string[] =>
    this.at.shims.list().map((each) => `${each.networkName} ${each.address} ${each.state}`);
}

/** Call it once, at the top of a file. */
export function shimChangeBench(): ShimChangeBench {
  const bench = new ShimChangeBench();
  beforeEach(async () => {
    bench.dir = await mkdtemp(join(tmpdir(), 'trunkline-shims-'));
    bench.host = new ShimWorld();
    bench.at = await bench.host.open(bench.dir);
    bench.at.shims.onOnline('e1');
  });
  afterEach(async () => {
    await bench.at.end();
    await rm(bench.dir, { recursive: true });
    expect(bench.host.reported).toEqual([]);
  });
  return bench;
}
