import { describe, expect, it, vi } from 'vitest';
import { ProblemError, type EngineRequest, type ProbeResult, type ProbeTarget } from '../../../shared/model';
import { problem, type Inventory } from '../../../shared/rules';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { KnownAnswers } from './known-answers';
import { Neighbours } from './neighbours';

const lan = network();
const attach = (ipv4?: string): EngineRequest => ({
  ...{ kind: 'attach', engineId: 'e1', containerId: 'web', networkId: lan.id },
  ...(ipv4 ? { ipv4 } : {}),
});
const mac = '3c:00:00:00:00:01';
const target = (address: string, more: Partial<ProbeTarget> = {}): ProbeTarget => ({
  ...{ address, via: 'link', interface: 'eth1', macs: [mac], ping: null, answers: true, duplicate: false },
  ...more,
});

function start() {
  const it = { now: 1_000_000, allowed: true, held: new Set(['10.70.1.99']), networks: [lan] };
  const state: { inventory: Inventory } = {
    inventory: { engines: [engine()], networks: [lan], containers: [] },
  };
  const probe = vi.fn(
    async (_id: string, _from: unknown, addresses: readonly string[]): Promise<ProbeResult> => ({
      at: it.now,
      targets: addresses.map((each) => target(each, it.held.has(each) ? {} : { macs: [], answers: false })),
    }),
  );
  const holders = vi.fn(
    async (
      id: string,
      _nic: string,
      addresses: readonly string[],
      _held?: { mac: string; apart: boolean },
    ): Promise<ProbeResult> => probe(id, undefined, addresses),
  );
  const heard = vi.fn();
  const report = vi.fn();
  const answers = new KnownAnswers({ allowed: () => it.allowed, now: () => it.now });
  const neighbours = new Neighbours({
    answers,
    inventory: () => ({ ...state.inventory, answering: answers.list() }),
    allowed: () => it.allowed,
    probe,
    holders,
    now: () => it.now,
    onAnswers: heard,
    report,
  });
  /** Long enough for every promise of the fakes. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { it, state, probe, holders, heard, report, answers, neighbours, settle };
}

describe('who answers for an address', () => {
  it('is asked on the parent of the network, for the pin and the suggestion together, and told once', async () => {
    const { answers, neighbours, probe, heard, settle } = start();
    neighbours.ask(attach(' 10.70.1.99 '), { suggestedIpv4: '10.70.1.254' });
    expect(answers.list()).toEqual([]);
    await settle();
    expect(probe.mock.calls).toEqual([
      ['e1', { kind: 'host', nic: lan.parent }, ['10.70.1.99', '10.70.1.254']],
    ]);
    expect(answers.list()).toEqual([{ engineId: 'e1', nic: lan.parent, address: '10.70.1.99', macs: [mac] }]);
    expect(heard.mock.calls).toEqual([['e1']]);
    neighbours.ask(attach('10.70.1.99'), { suggestedIpv4: '10.70.1.254' });
    await settle();
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('is still told when the LAN can’t be asked again', async () => {
    const { it, answers, neighbours, probe, settle } = start();
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    probe.mockRejectedValue(new ProblemError(problem('toolbox_unasked', { host: 'atlas' })));
    it.now += 60_000;
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    expect(probe).toHaveBeenCalledTimes(2);
    expect(answers.list()).toMatchObject([{ address: '10.70.1.99', macs: [mac] }]);
    expect(await neighbours.strangers(lan, ['10.70.1.99'])).toEqual([]);
    expect(answers.list()).toHaveLength(1);
  });

  it('is asked on the interface of a network that is yet to be made, too', async () => {
    const { state, answers, neighbours, probe, settle } = start();
    state.inventory = { ...state.inventory, networks: [] };
    neighbours.askOn(lan, ['10.70.1.99', undefined], {});
    await settle();
    expect(probe.mock.calls).toEqual([['e1', { kind: 'host', nic: lan.parent }, ['10.70.1.99']]]);
    expect(answers.list()).toMatchObject([{ address: '10.70.1.99', macs: [mac] }]);
  });

  it('is asked anew after a while, also for what is no longer suggested, and told when it differs', async () => {
    const { it: world, answers, neighbours, probe, heard, settle } = start();
    neighbours.ask(attach(), { suggestedIpv4: '10.70.1.99' });
    await settle();
    world.now += 31_000;
    neighbours.ask(attach(), { suggestedIpv4: '10.70.1.98' });
    await settle();
    expect(probe.mock.calls[1]?.[2]).toEqual(['10.70.1.98', '10.70.1.99']);
    expect(heard).toHaveBeenCalledTimes(1);
    world.now += 31_000;
    world.held.clear();
    neighbours.ask(attach(), {});
    expect(answers.list()).toHaveLength(1);
    await settle();
    expect(answers.list()).toEqual([]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('is not asked where the admin allows nothing, and then nothing is known of it either', async () => {
    const { it: world, answers, neighbours, probe, settle } = start();
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    world.allowed = false;
    expect(answers.list()).toEqual([]);
    neighbours.ask(attach('10.70.1.98'), {});
    await settle();
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('is asked on LANs alone, and for addresses that stand there', async () => {
    const { state, neighbours, probe, settle } = start();
    neighbours.ask(attach('10.70.1.300'), { suggestedIpv4: '10.71.1.1' });
    neighbours.ask({ kind: 'detach', engineId: 'e1', containerId: 'web', networkId: lan.id }, {});
    const routed = network({ kind: 'ipvlan', mode: 'l3' });
    state.inventory = { ...state.inventory, networks: [routed] };
    neighbours.ask(attach('10.70.1.99'), {});
    state.inventory = { ...state.inventory, networks: [lan], engines: [engine({ state: 'offline' })] };
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    expect(probe).not.toHaveBeenCalled();
  });

  it('is no stranger where a container came or went in between', async () => {
    const { state, answers, neighbours, probe, heard, settle } = start();
    const holder = container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.99', mac })] });
    state.inventory = { ...state.inventory, containers: [holder] };
    neighbours.ask(attach('10.70.1.99'), {});
    state.inventory = { ...state.inventory, containers: [] };
    await settle();
    expect(probe).toHaveBeenCalledTimes(1);
    expect(answers.list()).toEqual([]);
    expect(heard).not.toHaveBeenCalled();
  });

  it('stays unknown where nobody could ask; only what nobody expected is reported', async () => {
    const { it: world, answers, neighbours, probe, heard, report, settle } = start();
    probe.mockRejectedValueOnce(new ProblemError({ code: 'toolbox_unavailable', message: 'no' }));
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    expect([answers.list(), report.mock.calls, heard.mock.calls]).toEqual([[], [], []]);
    world.now += 31_000;
    probe.mockRejectedValueOnce(new TypeError('a bug'));
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    expect(report).toHaveBeenCalledTimes(1);
    world.now += 31_000;
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    expect(answers.list()).toHaveLength(1);
  });

  it('is not asked through a whole subnet where one machine answers for everything', async () => {
    const { it: world, neighbours, probe, settle } = start();
    for (let last = 254; last > 200; last -= 1) {
      world.held.add(`10.70.1.${String(last)}`);
      neighbours.ask(attach(), { suggestedIpv4: `10.70.1.${String(last)}` });
      await settle();
    }
    expect(probe).toHaveBeenCalledTimes(16);
  });

  it('is asked right now for what is about to be given out, however fresh an answer is, and kept', async () => {
    const { it: world, answers, neighbours, holders, heard, report, settle } = start();
    world.held.clear();
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    world.held.add('10.70.1.99');
    expect(await neighbours.strangers(lan, [' 10.70.1.99', '10.70.1.98', '10.99.0.1'])).toMatchObject([
      { address: '10.70.1.99', macs: [mac] },
    ]);
    expect(holders.mock.calls).toEqual([['e1', lan.parent, ['10.70.1.99', '10.70.1.98']]]);
    expect([answers.list().length, heard.mock.calls]).toEqual([1, [['e1']]]);
    // Nobody has looked where it may not be asked, or could not.
    holders.mockRejectedValueOnce(new ProblemError({ code: 'toolbox_unavailable', message: 'no' }));
    expect(await neighbours.strangers(lan, ['10.70.1.99'])).toEqual([]);
    world.allowed = false;
    expect(await neighbours.strangers(lan, ['10.70.1.99'])).toEqual([]);
    expect([holders.mock.calls.length, report.mock.calls]).toEqual([2, []]);
  });

  it('is forgotten with the host', async () => {
    const { answers, neighbours, settle } = start();
    neighbours.ask(attach('10.70.1.99'), {});
    await settle();
    answers.release('e1');
    expect(answers.list()).toEqual([]);
  });
});

describe('who else has an address that was given a moment ago', () => {
  const own = '02:42:0A:46:01:63';

  it('is asked for as whom of the host has it: an interface does not hear the macvlan links on it', async () => {
    const { state, neighbours, holders } = start();
    expect(await neighbours.rivals(lan, own, ['10.70.1.99', '10.70.1.98', '10.9.9.9'])).toEqual([
      { address: '10.70.1.99', macs: [mac] },
    ]);
    const networks = [network({ kind: 'ipvlan', mode: 'l2' }), network({ mode: 'vepa' })];
    for (const each of networks) {
      state.inventory = { ...state.inventory, networks: [each] };
      await neighbours.rivals(each, own, ['10.70.1.99']);
    }
    expect(holders.mock.calls.map(([, , , held]) => held)).toEqual([
      { mac: own.toLowerCase(), apart: true },
      { mac: '', apart: false },
      { mac: own.toLowerCase(), apart: false },
    ]);
  });

  it('is not asked where the admin allows nothing, and nobody knows where it could not be', async () => {
    const { it: world, neighbours, holders, report } = start();
    holders.mockRejectedValue(new ProblemError(problem('toolbox_unasked', { host: 'atlas' })));
    expect(await neighbours.rivals(lan, own, ['10.70.1.99'])).toBeNull();
    world.allowed = false;
    expect(await neighbours.rivals(lan, own, ['10.70.1.99'])).toEqual([]);
    expect(holders).toHaveBeenCalledTimes(1);
    expect(report).not.toHaveBeenCalled();
  });
});

describe('who else has addresses that containers have', () => {
  const own = '02:42:0a:46:01:63';
  const [at99, at98] = ['10.70.1.99', '10.70.1.98'];
  const web = container({ id: 'web', endpoints: [endpoint(lan, { ipv4: at99, mac: own })] });
  const held = [
    { address: at99, mac: own },
    { address: at98, mac: '02:42:0a:46:01:62' },
  ];
  const macsOf = async (it: ReturnType<typeof start>, on = lan) =>
    (await it.neighbours.intruders(on, held))?.map(({ macs }) => macs);

  it('is whoever answers of whom nothing is known', async () => {
    const it = start();
    it.state.inventory = { ...it.state.inventory, containers: [web] };
    expect(await macsOf(it)).toEqual([[mac], []]);
    expect(it.holders.mock.calls).toEqual([['e1', lan.parent, [at99, at98]]]);
    // So the address grid tells it, and nobody is offered the address.
    expect(it.answers.list()).toEqual([{ engineId: 'e1', nic: lan.parent, address: at99, macs: [mac] }]);
    it.it.held.clear();
    expect(await macsOf(it)).toEqual([[], []]);
    expect([it.answers.list(), it.heard.mock.calls.length]).toEqual([[], 2]);
  });

  it('is another with the same MAC, too, where the interface does not hear the container itself', async () => {
    const it = start();
    it.state.inventory = { ...it.state.inventory, containers: [web] };
    const answered = { at: 1, targets: [target(at99, { macs: [own.toUpperCase()] })] };
    it.holders.mockResolvedValue(answered);
    expect(await macsOf(it)).toEqual([[own]]);
    expect(await macsOf(it, network({ mode: 'vepa' }))).toEqual([[]]);
  });

  it('is nobody of whom an engine tells: that is a duplicate of its own', async () => {
    const it = start();
    const there = network({ engineId: 'e2' });
    const copyWith = (copysMac: string) =>
      container({
        ...{ engineId: 'e2', id: 'copy' },
        endpoints: [endpoint(there, { ipv4: at99, mac: copysMac })],
      });
    const engines = [engine(), engine({ id: 'e2' })];
    for (const copysMac of [mac, own]) {
      it.state.inventory = { engines, networks: [lan, there], containers: [web, copyWith(copysMac)] };
      it.holders.mockResolvedValue({ at: 1, targets: [target(at99, { macs: [copysMac] })] });
      expect(await macsOf(it)).toEqual([[]]);
    }
  });

  it('nobody knows where it may not be asked, or could not be', async () => {
    const it = start();
    it.holders.mockRejectedValueOnce(new ProblemError(problem('toolbox_unasked', { host: 'atlas' })));
    expect(await it.neighbours.intruders(lan, held)).toBeNull();
    it.it.allowed = false;
    expect(await it.neighbours.intruders(lan, held)).toBeNull();
    expect([it.holders.mock.calls.length, it.report.mock.calls]).toEqual([1, []]);
  });
});
