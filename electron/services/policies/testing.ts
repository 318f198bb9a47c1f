import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { type ProblemError, type Shim, type ShimStatus } from '../../../shared/model';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { Storage } from '../storage';
import { PoliciesFile } from './policies-file';
import { ShimPolicies } from './shim-policies';

export const lan = network({ id: 'aaaaaaaaaaaa1', subnet: { ipRange: '10.70.1.128/25' } });
export const web = (ipv4: string, id = 'web') =>
  container({ id, name: id, endpoints: [endpoint(lan, { ipv4 })] });

/** Shims on one engine of the tests' own, with a clock that the test moves. Call it once, at the top of a file. */
export function shimBench() {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trunkline-policies-'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(folder, { recursive: true, force: true });
  });

  async function start() {
    const world = { engines: [engine()], networks: [lan], containers: [web('10.70.1.10')] };
    const calls: string[] = [];
    const changes: ShimStatus[][] = [];
    const reported: unknown[] = [];
    let now = 0;
    let refusal: ProblemError | null = null;
    /** What refuses a put alone. */
    let putOnly: ProblemError | null = null;
    /** What is on the host; null while nobody can look. */
    let there: Shim[] | null = [];
    const tool = async (call: string) => {
      if (refusal) throw refusal;
      calls.push(call);
    };
    const path = join(folder, 'policies.json');
    const shims = new ShimPolicies({
      snapshot: () => world,
      tools: {
        putShim: (engineId: string, shim: Shim) =>
          tool(`put ${engineId} ${shim.name} ${shim.address} ${shim.routes.join(' ')}`),
        removeShim: async (engineId: string, name: string) => {
          if (refusal && (!there || refusal !== putOnly)) throw refusal;
          calls.push(`remove ${engineId} ${name}`);
        },
        shims: async (engineId: string) => {
          calls.push(`list ${engineId}`);
          return there ?? Promise.reject(refusal ?? new Error('gone'));
        },
      },
      file: await PoliciesFile.open(path, new Storage((error) => reported.push(error))),
      now: () => now,
      onChange: (each) => changes.push(each),
      report: (error) => reported.push(error),
    });
    return {
      world,
      shims,
      calls,
      changes,
      reported,
      path,
      refuse: (error: ProblemError | null) => (refusal = error),
      has: (shims: Shim[] | null, error: ProblemError) => {
        there = shims;
        refusal = putOnly = error;
      },
      pass: async (ms: number) => {
        now += ms;
        await vi.advanceTimersByTimeAsync(ms);
        // What was set off runs to its end: it writes no file here unless it says so.
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }
  return start;
}
