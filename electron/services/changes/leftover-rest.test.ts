import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem, Step } from '../../../shared/model';
import { networkSpec } from '../../../shared/rules/testing';
import { problem as textOf } from '../../../shared/texts';
import { refusal, type ChangeBench } from '../testing/change-bench';
import { container, endpoint, problem } from '../testing/fake-engine';
import { runJobs } from '../testing/unjournaled';
import { dmz, lan, openWebOnDmz, readdress } from '../testing/web-on-dmz';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
});
afterEach(() => bench.close());

const names = { containerId: 'c1', containerName: 'web' };
const on = (network: typeof lan) => ({ ...names, networkId: network.id, networkName: network.name });
/** The interface of the new network is gone, and what the connect there left can't be cleared. */
const move: Step[] = [
  { op: 'disconnect', ...on(dmz) },
  { op: 'connect', ...on(lan), endpoint: { ipv4: '10.70.1.60' } },
];
const taker = { address: '10.70.2.9', container: 'squat', network: 'dmz', host: 'atlas' };
const holder = textOf('address_in_use', taker);

async function moved(taken?: () => Promise<Problem | null>): Promise<Problem | undefined> {
  const { engine } = bench;
  engine.unusable.add('eth1');
  const outcome = await runJobs([{ engineId: 'e1', engineName: 'atlas', steps: move }], {
    ...{ client: () => engine, onProgress: () => undefined, patienceMs: 0 },
    ...(taken && { taken }),
  });
  return outcome.results[0]?.problem;
}

describe('of a change that the engine keeps something of', () => {
  it('is said why the old attachment did not come back, with what clears the rest', async () => {
    const found = await moved(() => Promise.resolve(holder));
    expect(found).toMatchObject({
      code: 'rollback_failed',
      params: { context: 'leftover_both', container: 'web', network: 'lan', host: 'atlas' },
      reasons: { first: { code: 'rollback_failed_leftover' }, second: { code: 'not_back' } },
    });
    expect(found?.message).toMatch(
      /web looks attached to lan and is not.+failed too: web could not get 10\.70\.2\.9 on dmz back: .+squat/,
    );
    expect(found?.hint).toMatch(/^Detach web from lan: .+ attach by hand what is missing on atlas\.$/);
  });

  it('is promised no cure by a stop where the container goes with it', async () => {
    const web = bench.engine.containerMap.get('c1')!;
    bench.engine.containerMap.set('c1', { ...web, detail: { ...web.detail!, autoRemove: true } });
    bench.engine.before = (call) => {
      if (call.startsWith('connect n2')) throw problem('address_in_use');
    };
    const found = await moved();
    expect(found).toMatchObject({ params: { context: 'leftover_rm_both', container: 'web' } });
    expect([found?.message.includes('address_in_use'), found?.hint]).toEqual([
      true,
      expect.stringMatching(/--rm.+attach by hand what else is missing on atlas\.$/),
    ]);
  });

  it('is said no more where all else came back, or the way back failed at the very same', async () => {
    const found = await moved();
    expect(found?.params).toMatchObject({ context: 'leftover', network: 'lan' });
    // What the engine said of the attach itself.
    expect(found?.engineText).toBeTruthy();
    const steps: Step[] = [
      { op: 'disconnect', ...on(dmz) },
      { op: 'connect', ...on(dmz), endpoint: { ipv4: '10.70.2.61' } },
    ];
    await bench.close();
    bench = await openWebOnDmz();
    bench.engine.unusable.add('eth2');
    const { results } = await runJobs([{ engineId: 'e1', engineName: 'atlas', steps }], {
      ...{ client: () => bench.engine, onProgress: () => undefined, patienceMs: 0 },
    });
    expect(results[0]?.problem?.params).toMatchObject({ context: 'leftover', network: 'dmz' });
  });

  it('is put back whole where the network went on the way back, and its rest with it; said is why', async () => {
    const { engine } = bench;
    engine.unusable.add('eth9');
    const spec = networkSpec({ name: 'dmz', parent: 'eth9', exclusions: [] });
    const steps: Step[] = [
      { op: 'disconnect', ...on(dmz) },
      { op: 'remove-network', networkId: 'n2', networkName: 'dmz' },
      { op: 'create-network', networkName: 'dmz', spec },
      { op: 'connect', ...on(dmz), endpoint: { ipv4: '10.70.2.9' } },
    ];
    const { results } = await runJobs([{ engineId: 'e1', engineName: 'atlas', steps }], {
      ...{ client: () => engine, onProgress: () => undefined, patienceMs: 0 },
    });
    expect(results[0]).toMatchObject({ state: 'failed', problem: { code: 'parent_busy' } });
  });

  it('is said not to have come back where the engine answered so, and does not show it', async () => {
    const real = bench.engine.connect.bind(bench.engine);
    bench.engine.connect = (to, ...how) => (to === 'n2' ? Promise.resolve() : real(to, ...how));
    const found = await moved();
    expect(found).toMatchObject({
      params: { context: 'leftover_both', network: 'lan' },
      reasons: { second: { code: 'verify_failed_not_on', params: { network: 'dmz' } } },
    });
  });

  it('is not said to miss what stands for no network, which it gets again with what clears the rest', async () => {
    bench.engine.before = (call) => {
      if (call.startsWith('connect n2')) throw problem('none_network');
    };
    expect((await moved())?.params).toMatchObject({ context: 'leftover', network: 'lan' });
  });

  it('is said in an undo as well', async () => {
    const { changes } = await bench.start();
    const { id } = await changes.preview(readdress);
    await changes.apply(id);
    bench.engine.before = async (call) => {
      if (!call.startsWith('connect n2')) return;
      bench.engine.before = () => undefined;
      bench.engine.unusable.add('eth2');
      const squat = endpoint(dmz, { ipv4: '10.70.2.61', pinned4: '10.70.2.61' });
      bench.engine.add(container('c9', 'squat', { endpoints: [squat] }));
      await bench.resync();
    };
    expect(await refusal(changes.undo(id))).toMatchObject({
      params: { context: 'leftover_both', container: 'web', network: 'dmz', rolledBack: 0 },
      reasons: { second: { code: 'not_back', params: { address: '10.70.2.61' } } },
    });
  });
});
