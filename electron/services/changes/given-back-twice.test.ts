import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../../shared/model';
import { refusal } from '../testing/change-bench';
import { container, endpoint } from '../testing/fake-engine';
import { create, SegmentWorld, type WorldConsole } from '../testing/segment-world';

const twice = '10.70.1.9';
let dir: string;
let world: SegmentWorld;
let at: WorldConsole;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'trunkline-given-back-twice-'));
  world = new SegmentWorld();
  at = await world.open(dir, (error) => expect.unreachable(String(error)));
  await apply(create);
});
afterEach(async () => {
  await at.flush();
  await rm(dir, { recursive: true });
});

const apply = async (request: ChangeRequest) => at.changes.apply((await at.changes.preview(request)).id);
const remove = (): ChangeRequest => ({
  ...{ kind: 'delete-segment', segmentId: at.segments()[0]?.segment.id ?? '', detachRunning: true },
});
const lan = (engineId: string) => [...world.engine(engineId).networkMap.values()][0]!;
/** On both hosts, by another hand. */
const both = (pinned: boolean, second = twice) => {
  for (const [engineId, name, ipv4] of [
    ['e1', 'db', twice],
    ['e2', 'squat', second],
  ] as const)
    world.engine(engineId).add(
      container(`${engineId}-${name}`, name, {
        endpoints: [endpoint(lan(engineId), { ipv4, ...(pinned && { pinned4: ipv4 }) })],
      }),
    );
};
/** Where they are asked for none: used by the container, and not fixed. */
const chooses = (ipv4: string) => {
  for (const engine of world.engines.values()) {
    const real = engine.connect.bind(engine);
    engine.connect = async (to, who, asked) => {
      await real(to, who, { ...asked, ipv4 });
      const there = engine.containerMap.get(who);
      if (there)
        engine.containerMap.set(who, {
          ...there,
          endpoints: there.endpoints.map(({ pinned4: _chosen, ...rest }) => rest),
        });
    };
  }
};
const held = () =>
  [...world.engines.values()].flatMap(({ containerMap }) =>
    [...containerMap.values()].flatMap(({ endpoints }) => endpoints.map(({ ipv4 }) => ipv4)),
  );

describe('an address that two had before a change took both off', () => {
  it.each([true, false])('is given back to both by its undo (pinned: %s)', async (pinned) => {
    both(pinned);
    const { id } = await apply(remove());
    expect(held()).toEqual([]);
    if (!pinned) chooses(twice);
    const undone = await at.changes.undo(id);
    expect(undone).toMatchObject({ state: 'undone' });
    expect(held()).toEqual([twice, twice]);
  });

  it('is not given back where the other one had another, and gets this one now', async () => {
    both(false, '10.70.1.10');
    const { id } = await apply(remove());
    chooses(twice);
    expect(await refusal(at.changes.undo(id))).toMatchObject({ code: 'address_in_use_elsewhere' });
    expect(held()).toEqual([]);
  });
});
