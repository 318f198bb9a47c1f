import { beforeEach, describe, expect, it, vi } from 'vitest';
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

describe('a link of another console', () => {
  const others = { name: link, parent: 'eth1', address: '10.70.1.9', routes: [] };
  const putsItsOwn = () => void host.links.set(`e1/${link}`, others);

  it('stays where it came while one was being put, which gives way', async () => {
    host.before = (call) => {
      if (call.startsWith('put')) putsItsOwn();
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      ...{ code: 'change_stale', params: { rolledBack: 1 } },
    });
    expect([here(), kept()]).toEqual([[`${link} 10.70.1.9`], []]);
  });

  it('stays where a put failed on the way, of which nothing is left', async () => {
    host.before = (call) => {
      if (!call.startsWith('put')) return;
      putsItsOwn();
      throw new ProblemError(problem('toolbox_unavailable', { context: 'failed', host: 'host-e1' }));
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({ params: { context: 'shim_gone' } });
    expect([here(), kept()]).toEqual([[`${link} 10.70.1.9`], []]);
  });

  it('stays where a change is taken back after it came', async () => {
    host.after = (call) => {
      if (call.startsWith('put')) putsItsOwn();
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      ...{ code: 'verify_failed', params: { rolledBack: 1 } },
    });
    expect([here(), kept()]).toEqual([[`${link} 10.70.1.9`], []]);
  });

  it('stays where it came in the place of the one that was shown to be removed', async () => {
    const request = { kind: 'remove-shim', engineId: 'e1', networkId: lan.id } as const;
    host.links.set(`e1/${link}`, { ...others, address });
    const { id } = await at.changes.preview(request);
    putsItsOwn();
    expect(await refusal(at.changes.apply(id))).toMatchObject({ code: 'change_stale' });
    const again = await at.changes.preview(request);
    host.before = (call) => {
      if (call.startsWith('remove')) host.links.set(`e1/${link}`, { ...others, address });
    };
    expect(await refusal(at.changes.apply(again.id))).toMatchObject({ code: 'change_stale' });
    expect(here()).toEqual([`${link} ${address}`]);
  });
});

describe('a policy whose link another console has in its place', () => {
  const others = { name: link, parent: 'eth1', address: '10.70.1.9', routes: [] };

  it('is removed, and put back, without a touch on the link, and says so before', async () => {
    await at.put(lan, address);
    host.links.set(`e1/${link}`, others);
    host.calls.length = 0;
    const preview = await at.changes.preview({ kind: 'remove-shim', engineId: 'e1', networkId: lan.id });
    expect(preview).toMatchObject({
      problems: [],
      hosts: [
        {
          steps: [],
          notices: [{ code: 'shim_unkept', params: { context: 'others', link, host: 'host-e1' } }],
        },
      ],
    });
    const removed = await at.changes.apply(preview.id);
    expect(removed).toMatchObject({ state: 'applied', undoable: true });
    expect([host.calls, here(), kept()]).toEqual([[], [`${link} 10.70.1.9`], []]);
    expect(await at.changes.undo(removed.id)).toMatchObject({ state: 'undone' });
    await vi.waitFor(() => expect(kept()).toEqual([`lan ${address} kept-elsewhere`]));
    expect(here()).toEqual([`${link} 10.70.1.9`]);
  });

  it('is put back, too, where its network is gone and nothing was there to be removed', async () => {
    await at.put(lan, address);
    host.links.clear();
    host.known.networks = [];
    const removed = await at.remove(lan);
    expect([removed.undoable, kept()]).toEqual([true, []]);
    expect(await at.changes.undo(removed.id)).toMatchObject({ state: 'undone' });
    expect([here(), kept()]).toEqual([[], [`lan ${address} no-network`]]);
  });

  it('goes when the change that made it is undone, and the link stays', async () => {
    const { id } = await at.put(lan, address);
    host.links.set(`e1/${link}`, others);
    host.calls.length = 0;
    expect(await at.changes.undo(id)).toMatchObject({ state: 'undone' });
    expect([host.calls, here(), kept()]).toEqual([[], [`${link} 10.70.1.9`], []]);
  });
});

describe('a shim of which a change was cut off', () => {
  /** A change of the shim is cut off once that is off the host, of which nobody can be asked any more. */
  const removalCutOff = async () => {
    await at.put(lan, address);
    host.after = (call) => {
      if (call.startsWith('remove'))
        host.refusal = new ProblemError({ code: 'engine_unreachable', message: 'gone' });
    };
    expect(await refusal(at.remove(lan))).toMatchObject({ code: 'change_interrupted' });
    host.refusal = null;
    host.after = () => undefined;
    host.calls.length = 0;
    at.shims.onOnline('e1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await at.locks.idle(1_000);
    return at.log.list(1)[0]?.id ?? '';
  };

  it('is left alone by what keeps it until it is decided what becomes of a change of it, and says so', async () => {
    const id = await removalCutOff();
    expect([here(), host.calls]).toEqual([[], []]);
    expect(at.shims.list()).toMatchObject([{ state: 'undecided', problem: { code: 'change_interrupted' } }]);
    expect(await at.changes.recover(id, 'finish')).toMatchObject({ state: 'applied' });
    expect([here(), kept()]).toEqual([[], []]);
  });

  it('leaves a link that nobody keeps where its creation is left as it stands, which is removed, and put back, like others', async () => {
    host.after = (call) => {
      if (!call.startsWith('put')) return;
      host.refusal = new ProblemError({ code: 'engine_unreachable', message: 'gone' });
      throw host.refusal;
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({ code: 'change_interrupted' });
    host.refusal = null;
    host.after = () => undefined;
    await at.changes.recover(at.log.list(1)[0]?.id ?? '', 'keep');
    expect([here(), kept()]).toEqual([[`${link} ${address}`], []]);
    const preview = await at.changes.preview({ kind: 'remove-shim', engineId: 'e1', networkId: lan.id });
    expect(preview).toMatchObject({
      problems: [],
      hosts: [{ notices: [{ code: 'shim_unkept', params: { link, host: 'host-e1' } }] }],
    });
    const removed = await at.remove(lan);
    expect([removed.state, here(), kept()]).toEqual(['applied', [], []]);
    await at.changes.undo(removed.id);
    expect([here(), kept()]).toEqual([[`${link} ${address}`], []]);
  });

  it('stands in the way of undoing an earlier change once it is left, and no longer says that it can be undone first', async () => {
    const put = await at.put(lan, address);
    await at.changes.undo((await at.remove(lan)).id);
    expect((await at.changes.list(10)).find((each) => each.id === put.id)?.undoProblem).toBeUndefined();
    host.after = (call) => {
      if (call.startsWith('remove'))
        host.refusal = new ProblemError({ code: 'engine_unreachable', message: 'gone' });
    };
    expect(await refusal(at.remove(lan))).toMatchObject({ code: 'change_interrupted' });
    host.refusal = null;
    host.after = () => undefined;
    await at.changes.recover(at.log.list(1)[0]?.id ?? '', 'keep');
    const left = { code: 'change_not_undoable', params: { context: 'overtaken_kept', names: 'lan' } };
    expect(await refusal(at.changes.undo(put.id))).toMatchObject(left);
    expect((await at.changes.list(10)).find((each) => each.id === put.id)?.undoProblem).toMatchObject(left);
  });

  it('is put back by what keeps it once such a change is left as it stands', async () => {
    const id = await removalCutOff();
    await at.changes.recover(id, 'keep');
    await vi.waitFor(() => expect(kept()).toEqual([`lan ${address} applied`]));
    expect(here()).toEqual([`${link} ${address}`]);
  });
});
