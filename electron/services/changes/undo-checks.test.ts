import { describe, expect, it } from 'vitest';
import type { ChangeRecord, Step } from '../../../shared/model';
import { container, endpoint, network } from '../testing/fake-engine';
import { overtakenBy, retarget, strandedProblem } from './undo-checks';

const lan = network('n1', 'lan');
const step = (op: 'connect' | 'disconnect', who = 'c1'): Step =>
  ({
    op,
    containerId: who,
    containerName: who,
    networkId: 'n1',
    networkName: 'lan',
    ...(op === 'connect' ? { endpoint: {} } : {}),
  }) as Step;
const record = (id: string, steps: Step[], state: ChangeRecord['state'] = 'applied'): ChangeRecord => ({
  id,
  at: 1,
  who: 'ada',
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  engineId: 'e1',
  engineName: 'atlas',
  steps,
  state,
  undoable: true,
});

describe('undoing an earlier change', () => {
  const attach = record('a', [step('connect')]);
  it('waits for a later one of the same attachment', () => {
    const later = record('b', [step('disconnect'), step('connect')]);
    expect(overtakenBy(attach, [later, attach])).toBe(later);
  });
  it('does not mind later ones that were undone, are about others, or came before', () => {
    const undone = record('b', [step('disconnect')], 'undone');
    const other = record('c', [step('connect', 'c2')]);
    const elsewhere = { ...record('d', [step('disconnect')]), engineId: 'e2' };
    const before = record('e', [step('disconnect')]);
    expect(overtakenBy(attach, [undone, other, elsewhere, attach, before])).toBeUndefined();
  });
  it('finds a network that was made anew by its name', () => {
    const again = { ...lan, id: 'n9' };
    expect(retarget({ engineId: 'e1', steps: [step('connect')] }, { networks: [again] }).steps).toMatchObject(
      [{ networkId: 'n9' }],
    );
  });
  it('takes no network from under a stopped container', () => {
    const stopped = container('c1', 'web', {
      state: 'exited',
      endpoints: [endpoint(lan, { endpointId: '' })],
    });
    const snapshot = { revision: 1, engines: [], networks: [lan], containers: [stopped] };
    const remove: Step = { op: 'remove-network', networkId: 'n1', networkName: 'lan' };
    expect(strandedProblem({ engineId: 'e1', steps: [remove] }, snapshot)?.code).toBe('network_in_use');
    expect(strandedProblem({ engineId: 'e1', steps: [step('disconnect'), remove] }, snapshot)).toBeNull();
  });
});
