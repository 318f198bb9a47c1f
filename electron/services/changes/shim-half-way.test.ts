import { beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { refusal } from '../testing/change-bench';
import { address, link, shimChangeBench } from '../testing/shim-change-bench';
import { lan, type ShimConsole, type ShimWorld } from '../testing/shim-world';

const bench = shimChangeBench();
const { here, kept } = bench;
let host: ShimWorld;
let at: ShimConsole;
beforeEach(() => {
  ({ host, at } = bench);
});
const stopped = new ProblemError(
  problem('toolbox_unavailable', { context: 'timeout', host: 'host-e1', seconds: 20 }),
);
const refused = new ProblemError(problem('toolbox_refused', { host: 'host-e1' }));

describe('a way from a host to its containers that is stopped half-way', () => {
  it('is not said to be as before where nobody lets the host be read after it was stopped', async () => {
    host.before = (call) => {
      if (!call.startsWith('put')) return;
      host.links.set(`e1/${link}`, { name: link, parent: 'eth1', address: '', routes: [] });
      host.refusal = refused;
      throw stopped;
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      params: { context: 'shim_left', link, rolledBack: 0 },
    });
    expect(at.log.list()).toMatchObject([{ state: 'failed', hosts: [{ state: 'rollback-failed' }] }]);
  });

  it('is neither said to be there nor gone where its removal was stopped and the host can’t be read', async () => {
    await at.put(lan, address);
    host.before = (call) => {
      if (!call.startsWith('remove')) return;
      host.refusal = refused;
      throw stopped;
    };
    expect(await refusal(at.remove(lan))).toMatchObject({
      params: {
        ...{ context: 'shim_unread', link, rolledBack: 0 },
        detail: expect.stringContaining('20 s') as string,
      },
    });
    expect(at.log.list(1)).toMatchObject([{ state: 'failed', hosts: [{ state: 'rollback-failed' }] }]);
    expect(kept()).toEqual([expect.stringMatching(`lan ${address}`)]);
  });

  it('is put as a whole again where its removal was stopped half-way, though it may look as before', async () => {
    await at.put(lan, address);
    host.before = (call) => {
      if (!call.startsWith('remove')) return;
      host.calls.length = 0;
      throw stopped;
    };
    expect(await refusal(at.remove(lan))).toMatchObject({ params: { context: 'timeout', rolledBack: 1 } });
    expect(host.calls).toEqual([expect.stringMatching(`put e1 ${link} ${address}`)]);
    expect(here()).toEqual([`${link} ${address}`]);
  });

  it('is done to its end on the hosts that it is about: sent, read back, taken back', async () => {
    const within: string[] = [];
    host.toItsEnd = async (engineIds, work) => {
      host.before = (call) => void within.push(`${engineIds.join()}: ${call.split(' ')[0]}`);
      host.after = (call) => {
        if (call.startsWith('put'))
          host.links.set(`e1/${link}`, { ...host.links.get(`e1/${link}`)!, routes: [] });
      };
      try {
        return await work();
      } finally {
        host.before = (call) => void within.push(`outside: ${call}`);
      }
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      code: 'verify_failed',
      params: { rolledBack: 1 },
    });
    expect(within).toEqual(['e1: put', 'e1: remove']);
    expect(here()).toEqual([]);
  });
});
