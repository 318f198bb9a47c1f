import { expect, it } from 'vitest';
import type { Step } from '../../../shared/model';
import { container, FakeEngine, network, problem } from '../testing/fake-engine';
import { runSteps } from '../testing/unjournaled';

const attach: Step = {
  ...{ op: 'connect', containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan' },
  endpoint: { ipv4: '10.70.1.60' },
};

it.each(['container c1', 'network n1'])(
  'never says that a refused connect left nothing while that can’t be read: %s',
  async (unread) => {
    const engine = new FakeEngine().add(network('n1', 'lan'), container('c1', 'web', { endpoints: [] }));
    engine.unusable.add('eth1');
    engine.before = (call) => {
      const sent = engine.calls.some((each) => each.startsWith('connect'));
      if (sent && call === unread) throw problem('engine_unreachable');
      if (!sent || unread !== 'network n1' || call !== 'container c1') return;
      // As the container shows it while its network can't be asked.
      const web = engine.containerMap.get('c1')!;
      engine.add({ ...web, endpoints: web.endpoints.map(({ leftover: _, ...each }) => each) });
    };
    const outcome = await runSteps(engine, [attach], () => undefined, 0);
    expect(outcome).toMatchObject({
      ...{ ok: false, rolledBack: false, open: true, problem: { code: 'engine_unreachable' } },
    });
  },
);
