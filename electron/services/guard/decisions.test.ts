import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  ProblemError,
  type ChangeRecord,
  type Container,
  type Guard,
  type Problem,
} from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { detail } from '../../../shared/rules/plan/testing';
import { GuardKeeper } from './guard-keeper';

const lan = network({ id: 'lan', name: 'lan' });
const address = '10.70.1.20';
const kept: Guard = {
  ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: 'one' },
  ...{ attachments: [{ networkName: 'lan', ipv4: address }], since: 0 },
};
const web = (id: string, pinned = false): Container =>
  container({
    ...{ id, name: 'web', detail },
    endpoints: [endpoint(lan, pinned ? { ipv4: address, pinned4: address } : {})],
  });

let containers: Container[];
let noted: string[];
/** Why nothing can be given back. */
let refuses: Problem | undefined;
/** Whether it is there afterwards. */
let works: boolean;
let tries: number;
let keeper: GuardKeeper;

const shows = async (...next: Container[]) => {
  containers = next;
  keeper.onDelta({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [], containersRemoved: [], containers },
  });
  await vi.advanceTimersByTimeAsync(0);
};
const insist = () => keeper.requests.decide('e1', kept.identity, 'restore');

beforeEach(() => {
  vi.useFakeTimers();
  [containers, noted, refuses, works, tries] = [[], [], undefined, true, 0];
  const guards = [kept];
  keeper = new GuardKeeper({
    world: () => ({ engines: [engine({ id: 'e1' })], networks: [lan], containers, guards }),
    read: () => Promise.reject(new Error('reads nothing')),
    store: { list: () => guards, set: async () => undefined },
    changes: {
      note: async ({ what }) => void noted.push(what) as never,
      recover: async () => ({}) as ChangeRecord,
      applyOwn: async ({ request }) => {
        if (!request()) return null;
        tries += 1;
        if (refuses) throw new ProblemError(refuses);
        if (works) containers = [web('one', true)];
        return { state: 'applied', hosts: [] } as unknown as ChangeRecord;
      },
    },
    interrupted: () => [],
    ...{ now: () => Date.now(), report: (error) => expect(error).toBeNull(), onChange: () => undefined },
  });
});
afterEach(async () => {
  await keeper.dispose();
  vi.useRealTimers();
});

it('to give back is noted once that is done', async () => {
  await shows(web('one'));
  expect([keeper.list()[0]?.state, tries]).toEqual(['asked', 0]);
  await insist();
  expect([keeper.list()[0]?.state, noted, tries]).toEqual(['kept', ['restore'], 1]);
});

it('to give back is refused, and not noted, where it can’t be or is not seen to be', async () => {
  await shows(web('one'));
  refuses = problem('subnet_full', { subnet: 's', network: 'n' });
  await expect(insist()).rejects.toMatchObject({ problem: { code: 'subnet_full' } });
  [refuses, works] = [undefined, false];
  await expect(insist()).rejects.toMatchObject({ problem: { code: 'verify_failed' } });
  const before = tries;
  await shows(web('one'), web('two'));
  await expect(insist()).rejects.toMatchObject({
    problem: { code: 'guard_nothing', params: { context: 'doubled' } },
  });
  expect([noted, tries]).toEqual([[], before]);
});
