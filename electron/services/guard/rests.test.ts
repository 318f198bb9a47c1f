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
const web = (id: string, state: Container['state'], pinned = true): Container =>
  container({
    ...{ id, name: 'web', detail, state },
    endpoints: [endpoint(lan, pinned ? { ipv4: address, pinned4: address } : { ipv4: '10.70.1.9' })],
  });

let containers: Container[];
let guards: readonly Guard[];
/** Whether each change was taken for one whose address nobody else can have. */
let certain: boolean[];
let interrupted: ChangeRecord[];
let recovered: string[];
/** Why a change that was cut off can’t be finished. */
let refuses: Problem | undefined;
let keeper: GuardKeeper;

const shows = async (one: Container) => {
  containers = [one];
  keeper.onDelta({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [], containersRemoved: [], containers },
  });
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  [containers, guards, certain, interrupted, recovered] = [[], [kept], [], [], []];
  refuses = undefined;
  keeper = new GuardKeeper({
    world: () => ({ engines: [engine({ id: 'e1' })], networks: [lan], containers, guards }),
    read: () => Promise.reject(new Error('reads nothing')),
    store: { list: () => guards, set: async (next) => void (guards = next) },
    changes: {
      note: async () => ({}) as ChangeRecord,
      recover: async (id, action) => {
        recovered.push(`${id} ${action}`);
        if (refuses && action === 'finish') throw new ProblemError(refuses);
        return {} as ChangeRecord;
      },
      applyOwn: async ({ request, certain: sure }) => {
        if (!request()) return null;
        certain.push(sure());
        containers = containers.map(({ id, state }) => web(id, state));
        return { state: 'applied', hosts: [] } as unknown as ChangeRecord;
      },
    },
    interrupted: () => interrupted,
    ...{ now: () => Date.now(), report: (error) => expect(error).toBeNull(), onChange: () => undefined },
  });
});
afterEach(async () => {
  await keeper.dispose();
  vi.useRealTimers();
});

it('asks the LAN where the one before had not run when it was seen first', async () => {
  await shows(web('one', 'exited'));
  await shows(web('two', 'created', false));
  expect(certain).toEqual([false]);
});

it('asks it where the one before has not run for long, and not where it was stopped right before', async () => {
  await shows(web('one', 'running'));
  await shows(web('one', 'exited'));
  await vi.advanceTimersByTimeAsync(60_000);
  await shows(web('two', 'created', false));
  expect(certain).toEqual([false]);
  await shows(web('two', 'running'));
  await shows(web('two', 'exited'));
  await vi.advanceTimersByTimeAsync(5_000);
  await shows(web('three', 'created', false));
  expect(certain).toEqual([false, true]);
});

it('lets a change go that was cut off, where one of its containers was made anew since', async () => {
  interrupted = [{ id: 'own', by: 'guard', hosts: [{ engineId: 'e1' }] } as unknown as ChangeRecord];
  refuses = problem('container_not_found', { container: 'web', host: 'h1' });
  keeper.onOnline('e1');
  await vi.advanceTimersByTimeAsync(0);
  expect(recovered).toEqual(['own finish', 'own keep']);
});

it('leaves to the admin what else keeps a change from being finished', async () => {
  interrupted = [{ id: 'own', by: 'guard', hosts: [{ engineId: 'e1' }] } as unknown as ChangeRecord];
  refuses = problem('change_stale', { host: 'h1' });
  keeper.onOnline('e1');
  await vi.advanceTimersByTimeAsync(0);
  expect(recovered).toEqual(['own finish']);
});
