import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, parseCidr, type Cidr } from '../../../shared/rules';
import { Locks, type Need } from './locks';

const cidr = (text: string): Cidr => parseCidr(text)!;
const meet = (one: Need, other: Need) =>
  typeof one === 'string' || typeof other === 'string' ? one === other : overlaps(one, other);

/** Three engines, the plan, and subnets of which some lie in others. */
const needs = fc.constantFrom<Need>(
  ...['plan', 'e1', 'e2', 'e3'],
  ...['10.70.1.0/24', '10.70.1.0/25', '10.70.1.128/25', '10.70.0.0/16', '10.71.0.0/24', 'fd00::/64'].map(
    cidr,
  ),
);

describe('locks', () => {
  it('never let two run at once that need one thing or one address, and let all run', async () => {
    const works = fc.array(fc.record({ needs: fc.array(needs, { maxLength: 4 }), fails: fc.boolean() }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(works, fc.scheduler(), async (all, s) => {
        const locks = new Locks();
        const running = new Set<readonly Need[]>();
        let ended = 0;
        const done = all.map((one) =>
          locks.runAll(one.needs, async () => {
            for (const other of running)
              expect(other.some((mine) => one.needs.some((theirs) => meet(mine, theirs)))).toBe(false);
            running.add(one.needs);
            await s.schedule(Promise.resolve());
            running.delete(one.needs);
            ended += 1;
            if (one.fails) throw new Error('as it was to');
          }),
        );
        await s.waitFor(Promise.allSettled(done));
        expect(ended).toBe(all.length);
      }),
    );
  });

  it('take turns in the order asked, and none waits for what it does not need', async () => {
    const locks = new Locks();
    const order: string[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<undefined>((resolve) => {
      open = () => resolve(undefined);
    });
    const slow = locks.runAll(['e1', cidr('10.70.1.0/24')], () => gate.then(() => void order.push('slow')));
    const same = locks.runAll(['e2', cidr('10.70.1.0/25')], async () => void order.push('same LAN'));
    await locks.runAll(['e3', cidr('10.71.0.0/24')], async () => void order.push('other LAN'));
    expect(order).toEqual(['other LAN']);
    open();
    await Promise.all([slow, same]);
    expect(order).toEqual(['other LAN', 'slow', 'same LAN']);
    await locks.idle(60_000);
  });
});
