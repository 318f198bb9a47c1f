import { expect, it } from 'vitest';
import { networks, office, plan, planned, problems } from './testing';

const reserved = [{ from: '10.70.1.20', to: '10.70.1.60', kind: 'dhcp' as const }];
/** What another window has made of it meanwhile. */
const world = { plan: [{ ...planned, reserved }], networks };

it('an edit on an older copy of the plan is refused, and takes nothing back that another window wrote', () => {
  const edit = { kind: 'edit-segment', segmentId: 'seg-1', segment: { ...office, tenant: 'staff' } } as const;
  const stale = plan({ ...edit, basedOn: planned }, world);
  expect(stale.problems).toMatchObject([
    { code: 'change_stale', params: { context: 'plan', name: 'Office' } },
  ]);
  expect(stale.segment?.reserved).toEqual(reserved);
  expect(problems(plan({ ...edit, basedOn: world.plan[0]! }, world))).toEqual([]);
  // Who does not say what it is based on is taken at the word, as ever.
  expect(problems(plan(edit, world))).toEqual([]);
});

it('a member that is adopted leaves the rest of the plan as it is by now', () => {
  const [first, second] = planned.members as [(typeof planned.members)[0], (typeof planned.members)[0]];
  const copy = { ...planned, members: [first, { ...second, ipRange: '10.70.1.64/26' }] };
  const only = { engineId: 'e2', networkName: 'office' };
  const found = plan({ kind: 'adopt-segment', segment: copy, only }, world);
  expect(problems(found)).toEqual([]);
  expect(found.segment).toMatchObject({ reserved, members: [first, { ipRange: '10.70.1.64/26' }] });
});

it('a member that was not planned is added to what the plan says by now', () => {
  const [first, second] = planned.members as [(typeof planned.members)[0], (typeof planned.members)[0]];
  const grown = { ...world, plan: [{ ...planned, reserved, members: [first] }] };
  const only = { engineId: 'e2', networkName: 'office' };
  const found = plan({ kind: 'adopt-segment', segment: planned, only }, grown);
  expect(found.segment).toMatchObject({ reserved, members: [first, second] });
});
