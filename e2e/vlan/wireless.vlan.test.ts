import { expect, it } from 'vitest';
import { parentVerdict } from '../../shared/rules';
import { engine } from '../../renderer/testing/fixtures';
import { factsTask } from '../../electron/toolbox/tasks/facts';
import { runBesideRadio } from '../lab/vlan/radio';

it('a Wi-Fi card is known as one, and ipvlan l2 is its way out', async () => {
  const facts = factsTask.parse(await runBesideRadio(factsTask.script(new Set())), new Set());
  const wireless = facts.nics.find(({ kind }) => kind === 'wireless')!;
  expect(wireless.name).toBe('wlan0');
  const { state, remarks } = parentVerdict(wireless, facts, engine('v1'));
  expect({ state, reasons: remarks.map(({ reason }) => reason) }).toEqual({
    state: 'warned',
    reasons: ['wireless', 'down'],
  });
  expect(remarks[0]?.use).toMatchObject({ driver: 'ipvlan', mode: 'l2' });
});
