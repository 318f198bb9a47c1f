import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { refusal } from '../testing/change-bench';
import { lan, ShimWorld, type ShimConsole } from '../testing/shim-world';

let dir: string;
let host: ShimWorld;
let at: ShimConsole;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-shims-'));
  host = new ShimWorld();
  at = await host.open(dir);
  at.shims.onOnline('e1');
});
afterEach(async () => {
  await at.end();
  await rm(dir, { recursive: true });
  expect(host.reported).toEqual([]);
});

const link = 'tl-aaaaaaaaaaaa';
const address = '10.70.1.2';
const here = () => [...host.links.values()].map((each) => `${each.name} ${each.address}`);
const kept = () => at.shims.list().map((each) => `${each.networkName} ${each.address} ${each.state}`);

describe('a shim of which a change was cut off', () => {
  /** A change of the shim is cut off once that is off the host, of which nobody can be asked any more. */
  const removalCutOff = async () => {
    await at.put(lan, address);
    host.after = (call) => {
      if (call.startsWith('remove'))
        host.refusal = new ProblemError({ code: 'engine_unreachable', message: 'gone' });
    };
    expect(await refusal(at.remove(lan))).toMatchObject({ code: 'change_interrupted' });
    host.refusal = null;
    host.after = () => undefined;
    host.calls.length = 0;
    at.shims.onOnline('e1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await at.locks.idle(1_000);
    return at.log.list(1)[0]?.id ?? '';
  };

  it('is left alone by what keeps it until it is decided what becomes of a change of it, and says so', async () => {
    const id = await removalCutOff();
    expect([here(), host.calls]).toEqual([[], []]);
    expect(at.shims.list()).toMatchObject([{ state: 'failed', problem: { code: 'change_interrupted' } }]);
    expect(await at.changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
    expect([here(), kept()]).toEqual([[], []]);
  });

  it('is put back by what keeps it once such a change is left as it stands', async () => {
    const id = await removalCutOff();
    await at.changes.recover(id, 'keep');
    await vi.waitFor(() => expect(kept()).toEqual([`lan ${address} applied`]));
    expect(here()).toEqual([`${link} ${address}`]);
  });
});
