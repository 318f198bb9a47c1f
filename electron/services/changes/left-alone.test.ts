import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest, Endpoint } from '../../../shared/model';
import { refusal, type ChangeBench } from '../testing/change-bench';
import { endpoint } from '../testing/fake-engine';
import { attach, home, lan, move, openWebOnDmz, readdress, dmz } from '../testing/web-on-dmz';

/** Another hand attaches the container anew right after our call, and the change is taken back then. */
let bench: ChangeBench;
beforeEach(async () => {
  bench = await openWebOnDmz();
});
afterEach(async () => {
  await bench.close();
  expect(bench.reported).toEqual([]);
});

const endpoints = () => bench.engine.containerMap.get('c1')?.endpoints;
const fixed = (on: typeof lan, ipv4: string): Endpoint => endpoint(on, { ipv4, pinned4: ipv4 });
/** How a change ends after whose first connect to a network the container has these. */
async function ended(request: ChangeRequest, networkId: string, now: Endpoint[], hand = () => {}) {
  const { changes, log } = await bench.start();
  const { id } = await changes.preview(request);
  const real = bench.engine.connect.bind(bench.engine);
  let is = false;
  bench.engine.connect = async (on, who, wanted) => {
    await real(on, who, wanted);
    if (on !== networkId || is) return;
    is = true;
    hand();
    bench.engine.add({ ...bench.engine.containerMap.get('c1')!, endpoints: now });
  };
  const problem = await refusal(changes.apply(id));
  return { problem, record: log.get(id)?.record };
}

describe('what another hand has attached is left where a change is taken back', () => {
  const left = (network: string) => ({ network, container: 'web', field: 'attached' });

  it('at another address', async () => {
    const now = [home, fixed(lan, '10.70.1.61')];
    const { problem, record } = await ended(attach, 'n1', now);
    expect(problem).toMatchObject({ code: 'verify_failed', params: { rolledBack: 2 } });
    expect(record?.state).toBe('rolled-back');
    expect(record?.exceptions).toContainEqual(expect.objectContaining(left('lan')));
    expect(endpoints()).toEqual(now);
  });

  it('on a network that has but the name of its own', async () => {
    const again = { ...lan, id: 'n9' };
    const now = [home, fixed(again, '10.70.1.60')];
    const { problem, record } = await ended(attach, 'n1', now, () => {
      bench.engine.networkMap.delete('n1');
      bench.engine.add(again);
    });
    expect(problem).toMatchObject({ code: 'verify_failed', params: { rolledBack: 2 } });
    expect(record?.exceptions).toContainEqual(expect.objectContaining(left('lan')));
    expect(endpoints()).toEqual(now);
  });

  it('while a move gives back what it took', async () => {
    const { record } = await ended(move, 'n1', [home, fixed(lan, '10.70.1.61')]);
    expect(record?.state).toBe('rolled-back');
    expect(record?.exceptions).toContainEqual(expect.objectContaining(left('lan')));
    expect(endpoints()).toHaveLength(2);
    expect(endpoints()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ networkName: 'dmz', ipv4: '10.70.2.9' }),
        fixed(lan, '10.70.1.61'),
      ]),
    );
  });

  it('in the place of what it had before', async () => {
    const now = [fixed(dmz, '10.70.2.62')];
    const { problem, record } = await ended(readdress, 'n2', now);
    expect(problem).toMatchObject({ code: 'verify_failed', params: { rolledBack: 2 } });
    expect(record?.state).toBe('rolled-back');
    expect(endpoints()).toEqual(now);
  });
});

it('what the change has attached itself is taken away, as ever', async () => {
  bench.rivals = () => Promise.reject(new Error('no'));
  const { record } = await ended(attach, 'n2', []);
  expect(record?.state).toBe('rolled-back');
  expect(record).not.toHaveProperty('exceptions');
  expect(endpoints()).toEqual([home]);
});
