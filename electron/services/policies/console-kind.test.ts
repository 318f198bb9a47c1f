import { expect, it, vi } from 'vitest';
import {
  ProblemError,
  policySubject,
  type HostStep,
  type KeptPolicy,
  type PolicyOf,
} from '../../../shared/model';
import { engine } from '../../../shared/rules/testing';
import { problem } from '../../../shared/texts';
import { afterHostStep, lookOnHost, saysLeftOnHost, sendToHost, verifyOnHost } from '../changes/host-steps';
import { Locks } from '../changes/locks';
import { refusal } from '../testing/flag-policies';
import type { ConsolePolicyKind } from './console-kind';
import { plainAccess } from './plain-access';
import { PolicyKeeper } from './policy-keeper';

/** The smallest kind that there can be: a value by a name, which nobody else sets. */
interface Value {
  name: string;
  value: string;
}
/** One of a container on a network, under the only name that kinds have so far. */
type OfContainer = PolicyOf<'shim'> & { containerName: string };

const policy: OfContainer = {
  ...{ engineId: 'e1', networkId: 'n1', networkName: 'lan10', containerName: 'web' },
  ...{ address: '10.70.1.2', since: 1 },
};

function start() {
  const there = new Map<string, Value>();
  const run = { fails: null as Error | null };
  const tools = {
    read: () => Promise.resolve(new Map(there)),
    put(_engineId: string, it: Value) {
      if (run.fails) return Promise.reject(run.fails);
      there.set(it.name, it);
      return Promise.resolve(it);
    },
    remove(_engineId: string, name: string) {
      if (run.fails) return Promise.reject(run.fails);
      there.delete(name);
      return Promise.resolve();
    },
    differs: (one: Value, other: Value | null) => one.value !== other?.value,
  };
  const access = (engineId: string) => plainAccess(tools, engineId, ({ name }: Value) => name);
  const kind: ConsolePolicyKind<'shim', Value, never> = {
    ...tools,
    kind: 'shim',
    keyOf: (each) => `${each.engineId}/${policySubject(each)}`,
    nameOf: () => 'value-1',
    rests: () => null,
    problems: () => [],
    wanted: () => null,
    renewed: (each) => each,
    notAsPut: () => refusal('verify_failed').problem,
    wantsConsent: () => false,
    plan: vi.fn(),
    access,
    overtaken: (engineId, host, name) =>
      problem('change_not_undoable', { context: 'policy', host, name }, { engineId }),
  };
  let kept: readonly PolicyOf<'shim'>[] = [policy];
  const keeper = new PolicyKeeper(kind, {
    locks: new Locks(),
    store: { list: () => kept, set: async (all) => void (kept = all) },
    snapshot: () => ({ engines: [engine({ name: 'host-e1' })], networks: [], containers: [] }),
    cutOff: () => null,
    now: () => 0,
    onChange: () => undefined,
    report: vi.fn(),
  });
  return { there, run, keeper, access: access('e1') };
}

/** A step has what is put under its kind's name. */
const step = (op: 'put-shim' | 'remove-shim', value: string) =>
  ({ op, networkId: 'n1', networkName: 'lan10', shim: { name: 'value-1', value } }) as unknown as HostStep;

it('is put, put otherwise, removed and read back by the hand that does for what nobody else puts', async () => {
  const { there, access } = start();
  const [put, other] = [step('put-shim', 'a'), step('put-shim', 'b')];
  const first = await lookOnHost(access, put);
  expect(first).toEqual({ holds: false, inverse: step('remove-shim', 'a'), existing: [] });
  await sendToHost(access, put, first);
  await verifyOnHost(access, [put]);
  const second = await lookOnHost(access, other);
  expect(second).toEqual({ holds: false, inverse: put, existing: ['value-1'] });
  await sendToHost(access, other, second);
  await expect(verifyOnHost(access, [put])).rejects.toMatchObject({
    problem: { code: 'verify_failed', params: { context: 'policy', name: 'value-1' } },
  });
  const third = await lookOnHost(access, step('remove-shim', 'a'));
  expect(third).toEqual({ holds: false, inverse: other, existing: ['value-1'] });
  await sendToHost(access, step('remove-shim', 'a'), third);
  await verifyOnHost(access, [step('remove-shim', 'a')]);
  expect([...there]).toEqual([]);
});

it.each([
  ['policy_gone', false],
  ['policy_left', true],
])('that a task ended in the midst of a step is %s', async (context, failsStill) => {
  const { run, access } = start();
  const put = step('put-shim', 'a');
  const findings = await lookOnHost(access, put);
  const failed = new ProblemError(problem('toolbox_unavailable', { context: 'failed', host: 'host-e1' }));
  run.fails = failsStill ? failed : null;
  const told = await afterHostStep(access, put, findings, failed, 'host-e1').catch((error: unknown) => error);
  expect(told).toMatchObject({
    problem: { code: 'toolbox_unavailable', params: { context, host: 'host-e1', name: 'value-1' } },
  });
  expect(saysLeftOnHost((told as ProblemError).problem)).toBe(failsStill);
});

it('is found by its container and network, and is what a change is told of that it has overtaken', () => {
  const { keeper } = start();
  const kept = (name: string) =>
    ({ what: 'shim', engineId: 'e1', name, before: null, after: null }) satisfies KeptPolicy;
  expect(keeper.keeper.now(kept('web@lan10'))).toEqual(policy);
  expect(keeper.keeper.now(kept('lan10'))).toBeNull();
  expect(keeper.keeper.overtaken(kept('web@lan10'))).toMatchObject({
    ...{ code: 'change_not_undoable', engineId: 'e1' },
    params: { context: 'policy', host: 'host-e1', name: 'web@lan10' },
  });
});
