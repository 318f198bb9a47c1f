import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { NETWORK_GONE } from '../../../shared/rules';
import type { ChangeBench } from '../testing/change-bench';
import { refusal } from '../testing/change-bench';
import { container } from '../testing/fake-engine';
import { create, SegmentWorld } from '../testing/segment-world';
import { attach, home, lan, move, openWebOnDmz } from '../testing/web-on-dmz';

const lanGone = { network: 'lan', field: NETWORK_GONE };

describe('undoing a change, a network of which another hand has removed', () => {
  let bench: ChangeBench;
  beforeEach(async () => {
    bench = await openWebOnDmz();
  });
  afterEach(async () => {
    await bench.close();
    expect(bench.reported).toEqual([]);
  });

  const web = () => bench.engine.containerMap.get('c1')!;
  const pins = () => web().endpoints.map(({ networkName, pinned4 }) => `${networkName} ${pinned4 ?? ''}`);
  /** As one does who takes the container off before; one that is stopped need not be. */
  async function applied(request: ChangeRequest, hand: () => void = () => undefined) {
    const { changes } = await bench.start();
    const { id } = await changes.preview(request);
    await changes.apply(id);
    if (web().state === 'running') {
      const endpoints = web().endpoints.filter(({ networkId }) => networkId !== 'n1');
      bench.engine.containerMap.set('c1', { ...web(), endpoints });
    }
    bench.engine.networkMap.delete('n1');
    hand();
    await bench.resync();
    return { changes, id };
  }

  it('gives the container back what it had, and says what is gone', async () => {
    const { changes, id } = await applied(move);
    expect((await changes.list(1))[0]).not.toHaveProperty('undoProblem');
    const record = await changes.undo(id);
    expect([record.state, record.exceptions]).toMatchObject(['undone', [lanGone]]);
    expect(pins()).toEqual(['dmz 10.70.2.9']);
  });

  it('is refused where nothing else is left of it', async () => {
    const { changes, id } = await applied(attach);
    expect(await refusal(changes.undo(id))).toMatchObject({
      ...{ code: 'change_not_undoable', params: { context: 'network_gone', network: 'lan' } },
    });
  });

  it('takes from a stopped container what it keeps of that network', async () => {
    bench.engine.add(
      container('c1', 'web', { state: 'exited', endpoints: [{ ...home, ipv4: '', endpointId: '' }] }),
    );
    const { changes, id } = await applied(attach);
    expect(pins()).toEqual(['dmz 10.70.2.9', 'lan 10.70.1.60']);
    const record = await changes.undo(id);
    expect([record.state, record.exceptions]).toMatchObject(['undone', [lanGone]]);
    expect(pins()).toEqual(['dmz 10.70.2.9']);
  });

  it('leaves alone what has its name by now', async () => {
    const { changes, id } = await applied(move, () => bench.engine.add({ ...lan, id: 'n9' }));
    expect(await refusal(changes.undo(id))).toMatchObject({ params: { context: 'network_replaced' } });
    expect(pins()).toEqual([]);
  });

  it('is refused where another hand has put the container elsewhere since', async () => {
    const elsewhere = { ...home, ipv4: '10.70.2.77', pinned4: '10.70.2.77' };
    const { changes, id } = await applied(move, () =>
      bench.engine.containerMap.set('c1', { ...web(), endpoints: [elsewhere] }),
    );
    expect(await refusal(changes.undo(id))).toMatchObject({ params: { context: 'changed', network: 'dmz' } });
    expect(pins()).toEqual(['dmz 10.70.2.77']);
  });
});

it('a segment one of whose networks another hand has removed is undone on the other hosts', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'trunkline-past-gone-'));
  try {
    const world = new SegmentWorld();
    const { changes, segments, flush } = await world.open(dir, (error) => {
      throw error;
    });
    const { id } = await changes.apply((await changes.preview(create)).id);
    world.engine('e1').networkMap.clear();
    const record = await changes.undo(id);
    expect(record).toMatchObject({ state: 'undone' });
    expect(record).not.toHaveProperty('exceptions');
    expect([world.names('e2'), segments()]).toEqual([[], []]);
    await flush();
  } finally {
    await rm(dir, { recursive: true });
  }
});
