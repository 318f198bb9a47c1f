import { expect, it, vi } from 'vitest';
import type { HostFacts, PolicyRequest } from '../../../../shared/model';
import { engine, network } from '../../../../shared/rules/testing';
import { noPolicies } from '../../testing/plain-kinds';
import { PlanningInventory } from '../planning-inventory';
import { policyKind } from './policy';

it('is planned without a look at a host that hangs', async () => {
  const facts = vi.fn(() => new Promise<HostFacts>(() => undefined));
  const sources = {
    snapshot: () => ({ revision: 1, engines: [engine()], networks: [network()], containers: [] }),
    ...{
      segments: () => [],
      shims: () => [],
      guards: () => [],
      lastFacts: () => [],
      answering: () => [],
      records: () => [],
    },
    facts,
  };
  const world = new PlanningInventory(sources, 20);
  const plan = vi.fn(() => ({
    ...{ steps: [], notices: [], problems: [] },
    ...{ name: 'lan', before: null, after: null },
  }));
  const kind = policyKind({ ...noPolicies(() => null as never), plan, world });
  const request: PolicyRequest = { kind: 'put-shim', engineId: 'e1', networkId: 'lan' };
  await kind.plan(request, { id: 'a', at: 7 });
  expect(facts).toHaveBeenCalledWith('e1', false);
  expect(plan).toHaveBeenCalledWith(request, expect.objectContaining({ looked: [] }), 7);
});
