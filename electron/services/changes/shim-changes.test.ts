import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, type Shim } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { network } from '../../../shared/rules/testing';
import { refusal } from '../testing/change-bench';
import { address, link, shimChangeBench } from '../testing/shim-change-bench';
import { lan, web, type ShimConsole, type ShimWorld } from '../testing/shim-world';

const bench = shimChangeBench();
const { here, kept } = bench;
let host: ShimWorld;
let at: ShimConsole;
beforeEach(() => {
  ({ host, at } = bench);
});
const unkept = (code: string) => ({ code, params: expect.objectContaining({ rolledBack: 1 }) as object });

describe('the way from a host to its containers', () => {
  it('is previewed, made, told, kept, and taken back by undo; and the other way round', async () => {
    const preview = await at.preview(lan);
    const shim = { name: link, parent: 'eth1', address, routes: ['10.70.1.10/32'] };
    expect(preview).toMatchObject({
      ...{ problems: [], suggestedIpv4: address },
      hosts: [{ engineId: 'e1', steps: [{ op: 'put-shim', networkName: 'lan', shim }] }],
    });
    expect([here(), kept()]).toEqual([[], []]);
    const made = await at.changes.apply(preview.id);
    expect(made).toMatchObject({ state: 'applied', undoable: true, hosts: [{ state: 'done' }] });
    expect([here(), kept()]).toEqual([[`${link} ${address}`], [`lan ${address} applied`]]);
    expect(host.told.at(-1)).toMatchObject([{ state: 'applied' }]);

    const removed = await at.remove(lan);
    expect([here(), kept()]).toEqual([[], []]);
    await at.changes.undo(removed.id);
    expect([here(), kept()]).toEqual([[`${link} ${address}`], [`lan ${address} applied`]]);
    expect(await at.changes.undo(made.id)).toMatchObject({ state: 'undone' });
    expect([here(), kept()]).toEqual([[], []]);
    expect(at.log.list().map((each) => each.state)).toEqual(['undone', 'undone']);
  });

  it('gets another address, and its old one back', async () => {
    await at.put(lan, address);
    const moved = await at.put(lan, '10.70.1.3');
    expect([here(), kept()]).toEqual([[`${link} 10.70.1.3`], ['lan 10.70.1.3 applied']]);
    await at.changes.undo(moved.id);
    expect([here(), kept()]).toEqual([[`${link} ${address}`], [`lan ${address} applied`]]);
  });

  it('is applied once and undone once, and says so', async () => {
    const { id } = await at.preview(lan, address);
    const both = await Promise.all([refusal(at.changes.apply(id)), refusal(at.changes.apply(id))]);
    expect(both).toMatchObject([null, { code: 'change_not_found', params: { context: 'applied' } }]);
    const undone = await Promise.all([refusal(at.changes.undo(id)), refusal(at.changes.undo(id))]);
    expect(undone).toMatchObject([null, { code: 'change_not_undoable', params: { context: 'undone' } }]);
    expect(host.calls).toEqual([expect.stringMatching(/^put/), `remove e1 ${link}`]);
  });

  it('is not undone under a later change of it, or of what is kept of it', async () => {
    const first = await at.put(lan, address);
    const second = await at.put(lan, '10.70.1.3');
    const changed = { code: 'change_not_undoable', params: { context: 'shim' } };
    expect(await refusal(at.changes.undo(first.id))).toMatchObject(changed);
    await at.changes.undo(second.id);
    await at.shims.forget('e1');
    expect(await refusal(at.changes.undo(first.id))).toMatchObject(changed);
  });

  it('does not give back an address that another has by now', async () => {
    await at.put(lan, address);
    const removed = await at.remove(lan);
    host.known.containers = [web('10.70.1.10'), web(address, 'db')];
    expect(await refusal(at.changes.undo(removed.id))).toMatchObject({ code: 'address_in_use' });
    expect([here(), kept()]).toEqual([[], []]);
  });

  it('is not undone where the admin lets nothing be done there any more, and the log says so beforehand', async () => {
    const { id } = await at.put(lan, address);
    host.forbidden = new ProblemError(problem('toolbox_refused', { host: 'host-e1' }));
    expect((await at.changes.list(1))[0]?.undoProblem).toMatchObject({ code: 'toolbox_refused' });
    expect(await refusal(at.changes.undo(id))).toMatchObject({ code: 'toolbox_refused' });
    expect([here(), at.log.list(1)[0]?.state]).toEqual([[`${link} ${address}`], 'applied']);
  });

  it('is given back whole where it was found as a link that leads nowhere', async () => {
    await at.put(lan, address);
    const [[name, there]] = [...host.links] as [[string, Shim]];
    host.links.set(name, { ...there, impaired: true });
    const removed = await at.remove(lan);
    expect(await at.changes.undo(removed.id)).toMatchObject({ state: 'undone' });
    expect(here()).toEqual([`${link} ${address}`]);
  });

  it('is not given back on a network that is gone', async () => {
    await at.put(lan, address);
    const removed = await at.remove(lan);
    host.known.networks = [];
    expect(await refusal(at.changes.undo(removed.id))).toMatchObject({
      ...{ code: 'change_not_undoable', params: { context: 'one_network_gone' } },
    });
    expect([here(), kept()]).toEqual([[], []]);
  });

  it('has nothing to take away where none is kept', async () => {
    const preview = await at.changes.preview({ kind: 'remove-shim', engineId: 'e1', networkId: lan.id });
    expect(preview.problems).toMatchObject([{ code: 'nothing_to_do', params: { context: 'no_shim' } }]);
    expect(preview.hosts[0]?.steps).toEqual([]);
  });

  it('is stale once a container has come that it would have to lead to', async () => {
    const { id } = await at.preview(lan, address);
    host.known.containers = [web('10.70.1.10'), web('10.70.1.11', 'db')];
    expect(await refusal(at.changes.apply(id))).toMatchObject({ code: 'change_stale' });
    expect(here()).toEqual([]);
  });
});

describe('what goes wrong on the host', () => {
  const broken = new ProblemError({ code: 'toolbox_unavailable', message: 'busy' });
  const stopped = new ProblemError(
    problem('toolbox_unavailable', { context: 'timeout', host: 'host-e1', seconds: 20 }),
  );

  it('leaves neither link nor policy, and says that all is as before', async () => {
    host.before = (call) => {
      if (call.startsWith('put')) throw broken;
    };
    expect(await refusal(at.put(lan, address))).toMatchObject(unkept('toolbox_unavailable'));
    expect([here(), kept()]).toEqual([[], []]);
    expect(at.log.list()).toMatchObject([{ state: 'rolled-back', hosts: [{ state: 'failed' }] }]);
  });

  /** A helper that is stopped once it has left this link. */
  const stoppedWith = (left: Partial<Shim>) => {
    host.before = (call) => {
      if (!call.startsWith('put')) return;
      host.links.set(`e1/${link}`, { name: link, parent: 'eth1', address, routes: [], ...left });
      host.before = () => undefined;
      throw stopped;
    };
  };

  it('is taken away again where it was stopped half-way, and that nothing is left is said', async () => {
    stoppedWith({});
    expect(await refusal(at.put(lan, address))).toMatchObject({
      code: 'toolbox_unavailable',
      params: {
        ...{ context: 'shim_gone', link, rolledBack: 1 },
        detail: expect.stringContaining('20 s') as string,
      },
    });
    expect([here(), kept()]).toEqual([[], []]);
  });

  it('is said to be left, perhaps, where that can’t be told, and not to be as before', async () => {
    host.before = (call) => {
      if (!call.startsWith('put')) return;
      host.before = () => {
        throw broken;
      };
      throw stopped;
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      params: { context: 'shim_left', link, rolledBack: 0 },
    });
    expect(kept()).toEqual([]);
    expect(at.log.list()).toMatchObject([{ state: 'failed', hosts: [{ state: 'rollback-failed' }] }]);
  });

  it('is kept where it is whole after all', async () => {
    stoppedWith({ routes: ['10.70.1.10/32'] });
    expect(await at.put(lan, address)).toMatchObject({ state: 'applied' });
    expect(kept()).toEqual([`lan ${address} applied`]);
    expect(host.calls).toEqual([]);
  });

  it('is put back as it was, where there was one before', async () => {
    await at.put(lan, address);
    stoppedWith({ address: '10.70.1.3' });
    expect(await refusal(at.put(lan, '10.70.1.3'))).toMatchObject({
      params: { context: 'timeout', rolledBack: 1 },
    });
    expect(here()).toEqual([`${link} ${address}`]);
    expect(kept()).toEqual([expect.stringMatching(`lan ${address}`)]);
  });

  it('is put back where its parent was not given back what it had, and that is told', async () => {
    await at.put(lan, address);
    host.after = (call) => {
      if (call.startsWith('remove'))
        throw new ProblemError(problem('toolbox_unavailable', { context: 'failed', host: 'host-e1' }));
    };
    expect(await refusal(at.remove(lan))).toMatchObject(unkept('toolbox_unavailable'));
    expect(here()).toEqual([`${link} ${address}`]);
    await vi.waitFor(() => expect(kept()).toEqual([`lan ${address} applied`]));
  });

  it('is not looked for where nothing was begun', async () => {
    host.refusal = new ProblemError(problem('toolbox_unasked', { host: 'host-e1' }));
    expect(await refusal(at.put(lan, address))).toMatchObject({ code: 'toolbox_unasked' });
    expect(host.calls).toEqual([]);
  });

  it('is told where reading back shows that the link did not stay', async () => {
    host.after = (call) => {
      if (call.startsWith('put')) host.links.clear();
    };
    expect(await refusal(at.put(lan, address))).toMatchObject({
      ...{ code: 'verify_failed', params: { context: 'link_missing', link, rolledBack: 1 } },
    });
    expect(kept()).toEqual([]);
  });

  it('waits for a decision where the host was lost in the midst, and is finished or taken back', async () => {
    for (const action of ['finish', 'roll-back'] as const) {
      host.before = (call) => {
        if (!call.startsWith('put')) return;
        host.refusal = new ProblemError({ code: 'engine_unreachable', message: 'gone' });
        throw host.refusal;
      };
      expect(await refusal(at.put(lan, address))).toMatchObject({
        ...{ code: 'change_interrupted', params: { context: 'lost', rolledBack: 0 } },
      });
      const [record] = at.log.list(1);
      expect(record).toMatchObject({ state: 'interrupted', hosts: [{ stepsDone: 0 }] });
      expect(await refusal(at.put(lan, address))).toMatchObject({ code: 'change_interrupted' });
      host.refusal = null;
      host.before = () => undefined;
      await at.changes.recover(record?.id ?? '', action);
      const expected = action === 'finish' ? [[`${link} ${address}`], [`lan ${address} applied`]] : [[], []];
      expect([here(), kept()]).toEqual(expected);
      if (action === 'finish') await at.changes.undo(record?.id ?? '');
    }
  });

  it('that was cut off with its console is found and finished by the next one', async () => {
    const held = new Promise<void>((resolve) => {
      host.before = () => {
        resolve();
        return new Promise<never>(() => undefined);
      };
    });
    void at.put(lan, address).catch(() => undefined);
    await held;
    host.before = () => undefined;
    await at.log.flush();
    at = bench.at = await host.open(bench.dir);
    at.shims.onOnline('e1');
    const [record] = at.log.list(1);
    expect(record).toMatchObject({ state: 'interrupted', request: { kind: 'put-shim' } });
    expect(await at.changes.recover(record?.id ?? '', 'finish')).toMatchObject({ state: 'applied' });
    expect([here(), kept()]).toEqual([[`${link} ${address}`], [`lan ${address} applied`]]);
  });
});

describe('while another change holds the engine', () => {
  /** Holds it until what is given is called. */
  const hold = () => {
    let free: () => void = () => undefined;
    void at.locks.run('e1', () => new Promise<void>((resolve) => (free = resolve)));
    return () => free();
  };
  /** On another host and another LAN: whatever waits for neither is over when it is. */
  const elsewhere = async () => {
    const subnet = { subnet: '10.80.1.0/24', gateway: '10.80.1.1', ipRange: '10.80.1.128/25' };
    const other = network({ engineId: 'e2', id: 'dddddddddddd4', name: 'far', subnet });
    host.known.networks.push(other);
    host.known.engines.push({ ...host.known.engines[0]!, id: 'e2', name: 'host-e2' });
    await at.put(other, '10.80.1.2');
    expect(host.calls.splice(0)).toEqual([expect.stringMatching('put e2')]);
  };

  it('a shim is neither put nor removed', async () => {
    const { id } = await at.preview(lan, address);
    const free = hold();
    const made = at.changes.apply(id);
    await elsewhere();
    expect(host.calls).toEqual([]);
    free();
    await made;
    expect(host.calls).toHaveLength(1);
  });

  it('none is put back either, nor follows its containers', async () => {
    await at.put(lan, address);
    const free = hold();
    at.shims.onOnline('e1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(host.calls).toHaveLength(1);
    free();
    await vi.waitFor(() => expect(host.calls).toHaveLength(2));
  });

  it('and a change waits for one that is being put back', async () => {
    await at.put(lan, address);
    let free: () => void = () => undefined;
    host.before = () => new Promise<void>((resolve) => (free = resolve));
    at.shims.onOnline('e1');
    await vi.waitFor(() => expect(at.shims.list()).toMatchObject([{ state: 'pending' }]));
    await new Promise((resolve) => setTimeout(resolve, 20));
    let begun = false;
    const change = at.locks.run('e1', async () => void (begun = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(false);
    host.before = () => undefined;
    free();
    await change;
    expect(host.calls).toHaveLength(2);
  });
});

it('an address of another host’s shim on the LAN is not given to this one', async () => {
  const other = network({ engineId: 'e2', id: 'cccccccccccc3', subnet: { ipRange: '10.70.1.128/25' } });
  host.known.networks.push(other);
  host.known.engines.push({ ...host.known.engines[0]!, id: 'e2', name: 'host-e2' });
  await at.put(other, address);
  expect((await at.preview(lan, address)).problems).toMatchObject([{ code: 'address_reserved' }]);
  expect((await at.preview(lan)).suggestedIpv4).toBe('10.70.1.3');
});
