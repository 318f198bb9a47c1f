import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../shared/model';
import { container, endpoint, FakeEngine, network, problem } from '../testing/fake-engine';
import { runJobs } from '../testing/unjournaled';
import type { HostJob } from './run-hosts';

const spec = {
  name: 'lan',
  driver: 'macvlan' as const,
  parent: 'eth1',
  mode: 'private',
  subnet: '10.70.1.0/24',
  exclusions: [],
  internal: false,
};
const pins = ['10.70.1.60', '10.70.1.61'];
const names = pins.map((_pin, index) => ({
  containerId: `c${String(index)}`,
  containerName: `web${String(index)}`,
}));
const on = { networkId: 'n1', networkName: 'lan' };

/** An edit: everything off, the network made anew, everything on again. */
const edit: Step[] = [
  ...names.map((name): Step => ({ op: 'disconnect', ...name, ...on })),
  { op: 'remove-network', ...on },
  { op: 'create-network', networkName: 'lan', spec },
  ...names.map((name, index): Step => ({
    op: 'connect',
    ...name,
    networkName: 'lan',
    networkId: 'planned:lan',
    endpoint: { ipv4: pins[index] },
  })),
];

function engine(): FakeEngine {
  const lan = network('n1', 'lan');
  const members = pins.map((ipv4, index) =>
    container(names[index]!.containerId, names[index]!.containerName, {
      endpoints: [endpoint(lan, { ipv4, pinned4: ipv4 })],
    }),
  );
  return new FakeEngine().add(lan, ...members);
}
/** Ids apart, which no engine gives twice. */
const stateOf = ({ networkMap, containerMap }: FakeEngine) => ({
  networks: [...networkMap.values()].map(({ name, mode, parent }) => ({ name, mode, parent })),
  pins: [...containerMap.values()].map((one) =>
    one.endpoints.map((each) => [each.networkName, each.pinned4]),
  ),
});
/** Makes the nth call that changes something fail, once; 0 never. */
function failAt(one: FakeEngine, nth: number): void {
  let count = 0;
  one.before = (call) => {
    if (!/^(connect|disconnect|create-network|remove-network)/.test(call)) return;
    count += 1;
    if (count === nth) throw problem('engine_error', `call ${String(nth)}`);
  };
}
const run = (engines: FakeEngine[], keepPartial = false, steps: Step[] = edit) => {
  const jobs = engines.map((_one, index): HostJob => {
    const engineId = String(index);
    return { engineId, engineName: `host ${engineId}`, steps };
  });
  const client = (engineId: string) => engines[Number(engineId)]!;
  return runJobs(jobs, { client, onProgress: () => undefined, patienceMs: 0 }, keepPartial);
};

const failures = fc.array(fc.nat(edit.length), { minLength: 1, maxLength: 4 });

describe('running on several hosts', () => {
  it('changes all of them or none, whatever fails where', async () => {
    const before = stateOf(engine());
    await fc.assert(
      fc.asyncProperty(failures, async (fails) => {
        const engines = fails.map(engine);
        for (const [index, nth] of fails.entries()) failAt(engines[index]!, nth);
        const outcome = await run(engines);
        const fine = fails.every((nth) => nth === 0);
        expect(outcome.ok).toBe(fine);
        for (const [index, one] of engines.entries()) {
          const state = outcome.results[index]!.state;
          if (fine) expect(stateOf(one)).not.toEqual(before);
          else expect(stateOf(one)).toEqual(before);
          expect(state).toBe(fine ? 'done' : fails[index] === 0 ? 'rolled-back' : 'failed');
        }
      }),
    );
  });
  it('keeps what worked when told to, and gives what takes exactly that back', async () => {
    const before = stateOf(engine());
    await fc.assert(
      fc.asyncProperty(failures, async (fails) => {
        const engines = fails.map(engine);
        for (const [index, nth] of fails.entries()) failAt(engines[index]!, nth);
        const outcome = await run(engines, true);
        for (const [index, nth] of fails.entries()) {
          if (nth === 0) expect(stateOf(engines[index]!)).not.toEqual(before);
          else expect(stateOf(engines[index]!)).toEqual(before);
        }
        for (const job of outcome.inverse ?? []) {
          const one = engines[Number(job.engineId)]!;
          await runJobs([job], { client: () => one, onProgress: () => undefined });
        }
        for (const one of engines) expect(stateOf(one)).toEqual(before);
      }),
    );
  });
  it('says which host could not be put back', async () => {
    const engines = [engine(), engine()];
    failAt(engines[1]!, 1);
    let changes = 0;
    // The first host works to its end, and refuses when it is to be taken back.
    engines[0]!.before = (call) => {
      if (!/^(connect|disconnect|create-network|remove-network)/.test(call)) return;
      changes += 1;
      if (changes > edit.length) throw problem('engine_error');
    };
    const outcome = await run(engines);
    expect(outcome).toMatchObject({
      ok: false,
      inverse: null,
      results: [{ state: 'rollback-failed', problem: { code: 'rollback_failed' } }, { state: 'failed' }],
    });
  });
  it('leaves all open when one was lost: what becomes of them is one decision', async () => {
    const engines = [engine(), engine()];
    let gone = false;
    engines[1]!.before = (call) => {
      gone ||= call.startsWith('remove-network');
      if (gone) throw problem('engine_unreachable');
    };
    const outcome = await run(engines);
    expect(outcome).toMatchObject({
      ok: false,
      open: true,
      results: [{ state: 'done' }, { state: 'interrupted', problem: { code: 'engine_unreachable' } }],
    });
  });
  it('is not done where another hand takes a container off while the LAN is asked', async () => {
    const one = engine();
    const [name] = names;
    one.containerMap.set(name!.containerId, container(name!.containerId, name!.containerName));
    const steps: Step[] = [{ op: 'connect', ...name!, ...on, endpoint: { ipv4: pins[0] } }];
    const clash = async () => {
      await one.disconnect('n1', name!.containerId);
      return null;
    };
    const outcome = await runJobs([{ engineId: '0', engineName: 'host 0', steps }], {
      ...{ client: () => one, onProgress: () => undefined, patienceMs: 0, clash },
    });
    expect(outcome).toMatchObject({
      ok: false,
      results: [{ state: 'failed', problem: { code: 'verify_failed', params: { context: 'not_on' } } }],
    });
  });
  it('has no inverse where a network can’t be made again', async () => {
    const one = engine().add(
      network('n2', 'apps', { kind: 'null', configOnly: true, ipv4: true, subnets: [] }),
    );
    const steps: Step[] = [{ op: 'remove-network', networkId: 'n2', networkName: 'apps' }];
    expect(await run([one], false, steps)).toMatchObject({ ok: true, inverse: null });
  });
});
