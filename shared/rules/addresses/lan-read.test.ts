import { expect, it } from 'vitest';
import { container, endpoint, twoHosts } from '../testing';
import { lanOf } from './lan-read';

it('is read once for all that ask by one inventory, and anew by another one', () => {
  const { here, there, engines, networks } = twoHosts();
  const before = { engines, networks, containers: [] };
  expect(lanOf(here, before)).toBe(lanOf(here, before));
  expect(lanOf(here, before).holders).toBe(lanOf(here, before).holders);
  expect(lanOf(there, before).networks).toEqual([here, there]);

  const web = container({ engineId: 'e1', endpoints: [endpoint(here, { ipv4: '10.70.1.9' })] });
  const after = { ...before, containers: [web] };
  const ownersOf = (known: typeof after) => lanOf(here, known).holders.map(({ use }) => use.owner);
  expect(ownersOf(after)).toContain(web.name);
  expect(ownersOf({ ...after, containers: [] })).not.toContain(web.name);
});
