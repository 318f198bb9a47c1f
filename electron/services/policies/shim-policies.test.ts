import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError, type Delta, type Shim, type ShimStatus } from '../../../shared/model';
import { problem, shimAlias } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { Storage } from '../storage';
import { PoliciesFile } from './policies-file';
import { ShimPolicies } from './shim-policies';

const lan = network({ id: 'aaaaaaaaaaaa1', subnet: { ipRange: '10.70.1.128/25' } });
const web = (ipv4: string, id = 'web') => container({ id, name: id, endpoints: [endpoint(lan, { ipv4 })] });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trunkline-policies-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

async function start() {
  const world = { engines: [engine()], networks: [lan], containers: [web('10.70.1.10')] };
  const calls: string[] = [];
  const changes: ShimStatus[][] = [];
  const reported: unknown[] = [];
  let now = 0;
  let refusal: ProblemError | null = null;
  /** What refuses a put alone. */
  let putOnly: ProblemError | null = null;
  /** What is on the host; null while nobody can look. */
  let there: Shim[] | null = [];
  const tool = async (call: string) => {
    if (refusal) throw refusal;
    calls.push(call);
  };
  const path = join(folder, 'policies.json');
  const shims = new ShimPolicies({
    snapshot: () => world,
    tools: {
      putShim: (engineId: string, shim: Shim) =>
        tool(`put ${engineId} ${shim.name} ${shim.address} ${shim.routes.join(' ')}`),
      removeShim: async (engineId: string, name: string) => {
        if (refusal && (!there || refusal !== putOnly)) throw refusal;
        calls.push(`remove ${engineId} ${name}`);
      },
      shims: async (engineId: string) => {
        calls.push(`list ${engineId}`);
        return there ?? Promise.reject(refusal ?? new Error('gone'));
      },
    },
    file: await PoliciesFile.open(path, new Storage((error) => reported.push(error))),
    now: () => now,
    onChange: (each) => changes.push(each),
    report: (error) => reported.push(error),
  });
  return {
    world,
    shims,
    calls,
    changes,
    reported,
    path,
    refuse: (error: ProblemError | null) => (refusal = error),
    has: (shims: Shim[] | null, error: ProblemError) => {
      there = shims;
      refusal = putOnly = error;
    },
    pass: async (ms: number) => {
      now += ms;
      await vi.advanceTimersByTimeAsync(ms);
      // What was set off runs to its end: it writes no file here unless it says so.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const touched = (over: Partial<Delta> = {}): Delta => ({
  revision: 1,
  engineId: 'e1',
  networks: [],
  networksRemoved: [],
  containers: [web('10.70.1.10')],
  containersRemoved: [],
  ...over,
});
const put = 'put e1 tl-aaaaaaaaaaaa 10.70.1.2 10.70.1.10/32';

describe('shims', () => {
  it('are put there, kept, and put back when the engine comes back', async () => {
    const { shims, calls, path, pass } = await start();
    shims.onOnline('e1');
    expect(shims.preview(lan).suggestion).toBe('10.70.1.2');
    expect((await shims.put(lan, '10.70.1.2')).state).toBe('applied');
    expect(calls).toEqual([put]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      version: 1,
      shims: [{ engineId: 'e1', networkName: 'lan', address: '10.70.1.2' }],
    });
    shims.onOnline('e1');
    expect(shims.list()[0]?.state).toBe('pending');
    await pass(0);
    expect(calls).toEqual([put, put]);
    expect(shims.list()[0]?.state).toBe('applied');
    await shims.dispose();
  });

  describe('whose putting was stopped on the way', () => {
    const stopped = new ProblemError(
      problem('toolbox_unavailable', { context: 'timeout', host: 'atlas', seconds: 20 }),
    );
    const whole: Shim = {
      ...{ name: 'tl-aaaaaaaaaaaa', parent: 'eth1', address: '10.70.1.2', routes: ['10.70.1.10/32'] },
    };
    const wrong = (call: Promise<unknown>) => call.catch((error: ProblemError) => error.problem);
    const on = async (there: Shim[] | null) => {
      const at = await start();
      at.shims.onOnline('e1');
      at.has(there, stopped);
      return at;
    };

    it('are taken away again, and it is said that nothing is left', async () => {
      const { shims, calls } = await on([{ ...whole, routes: [] }]);
      expect(await wrong(shims.put(lan, '10.70.1.2'))).toMatchObject({
        code: 'toolbox_unavailable',
        params: {
          context: 'shim_gone',
          link: 'tl-aaaaaaaaaaaa',
          detail: expect.stringContaining('20 s') as string,
        },
      });
      expect(calls).toEqual(['list e1', 'remove e1 tl-aaaaaaaaaaaa']);
      expect(shims.list()).toEqual([]);
      await shims.dispose();
    });

    it('are said to be left, perhaps, where that can’t be told', async () => {
      const { shims } = await on(null);
      expect(await wrong(shims.put(lan, '10.70.1.2'))).toMatchObject({
        params: { context: 'shim_left', link: 'tl-aaaaaaaaaaaa' },
      });
      expect(shims.list()).toEqual([]);
      await shims.dispose();
    });

    it('are kept where they are whole after all', async () => {
      const { shims, calls } = await on([whole]);
      expect((await shims.put(lan, '10.70.1.2')).state).toBe('applied');
      expect(calls).toEqual(['list e1']);
      await shims.dispose();
    });

    it('are put back as they were, where there was one before', async () => {
      const { shims, calls, refuse, pass } = await start();
      shims.onOnline('e1');
      await shims.put(lan, '10.70.1.2');
      refuse(stopped);
      expect(await wrong(shims.put(lan, '10.70.1.3'))).toMatchObject({ params: { context: 'timeout' } });
      expect(shims.list()[0]).toMatchObject({ address: '10.70.1.2', state: 'pending' });
      refuse(null);
      calls.length = 0;
      await pass(0);
      expect(calls).toEqual([put]);
      await shims.dispose();
    });

    it('are not looked for where nothing was begun', async () => {
      const { shims, calls, refuse } = await start();
      refuse(new ProblemError(problem('toolbox_unasked', { host: 'atlas' })));
      expect(await wrong(shims.put(lan, '10.70.1.2'))).toMatchObject({ code: 'toolbox_unasked' });
      expect(calls).toEqual([]);
      await shims.dispose();
    });
  });

  it('follow the addresses of the network’s containers, and rest when none differs', async () => {
    const { shims, calls, world, pass } = await start();
    shims.onOnline('e1');
    await shims.put(lan, '10.70.1.2');
    shims.onDelta(touched());
    await pass(300);
    expect(calls).toHaveLength(1);
    world.containers = [web('10.70.1.10'), web('10.70.1.11', 'db')];
    shims.onDelta(touched());
    await pass(300);
    expect(calls.at(-1)).toBe(`${put} 10.70.1.11/32`);
    await shims.dispose();
  });

  it('wait while the engine is away: half an inventory would take routes away', async () => {
    const { shims, calls, world, pass } = await start();
    shims.onOnline('e1');
    await shims.put(lan, '10.70.1.2');
    world.engines = [engine({ state: 'offline' })];
    shims.onDelta(touched({ engine: world.engines[0] }));
    expect(shims.list()[0]?.state).toBe('waiting');
    world.containers = [];
    shims.onDelta(touched());
    await pass(1_000);
    expect(calls).toHaveLength(1);
    await shims.dispose();
  });

  it('are forgotten with their engine, and nothing is done on it for that', async () => {
    const { shims, calls, changes, path, world, pass } = await start();
    shims.onOnline('e1');
    await shims.put(lan, '10.70.1.2');
    shims.onOnline('e1');
    Object.assign(world, { engines: [], networks: [], containers: [] });
    shims.onDelta(touched({ containers: [], engineRemoved: true }));
    expect(changes.at(-1)).toMatchObject([{ state: 'waiting' }]);
    await shims.forget('e1');
    await pass(1_000);
    expect([shims.list(), changes.at(-1), calls]).toEqual([[], [], [put]]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ shims: [] });
    await shims.dispose();
  });

  it('are tried again less and less often, and by consent at once', async () => {
    const { shims, calls, refuse, pass } = await start();
    shims.onOnline('e1');
    await shims.put(lan, '10.70.1.2');
    refuse(new ProblemError({ code: 'toolbox_unavailable', message: 'busy' }));
    shims.onOnline('e1');
    await pass(0);
    expect(shims.list()[0]).toMatchObject({ state: 'failed', problem: { code: 'toolbox_unavailable' } });
    refuse(null);
    shims.onDelta(touched());
    await pass(4_999);
    expect(calls).toHaveLength(1);
    await pass(1);
    expect(calls).toHaveLength(2);

    refuse(new ProblemError({ code: 'toolbox_refused', message: 'no' }));
    shims.onOnline('e1');
    await pass(0);
    refuse(null);
    await pass(1_000_000);
    expect(calls).toHaveLength(2);
    shims.onConsent('e1');
    await pass(0);
    expect(calls).toHaveLength(3);
    await shims.dispose();
  });

  it('follow a network that was made anew, and leave its old link nowhere', async () => {
    const { shims, calls, world, pass } = await start();
    shims.onOnline('e1');
    await shims.put(lan, '10.70.1.2');
    world.networks = [];
    shims.onDelta(touched());
    await pass(300);
    expect(shims.list()[0]?.state).toBe('no-network');
    const again = { ...lan, id: 'bbbbbbbbbbbb2' };
    world.networks = [again];
    world.containers = [];
    shims.onDelta(touched());
    await pass(300);
    await vi.waitUntil(() => calls.length === 3);
    expect(calls.slice(1)).toEqual(['remove e1 tl-aaaaaaaaaaaa', 'put e1 tl-bbbbbbbbbbbb 10.70.1.2 ']);
    expect(shims.list()[0]?.networkId).toBe(again.id);
    await shims.dispose();
  });

  it('are not kept when they could not be put there, nor forgotten when they could not be removed', async () => {
    const { shims, refuse, calls } = await start();
    const refusal = new ProblemError({ code: 'toolbox_unasked', message: 'ask' });
    refuse(refusal);
    await expect(shims.put(lan, '10.70.1.2')).rejects.toBe(refusal);
    expect(shims.list()).toEqual([]);
    refuse(null);
    await shims.put(lan, '10.70.1.2');
    refuse(refusal);
    await expect(shims.remove('e1', lan.id)).rejects.toBe(refusal);
    expect(shims.list()).toHaveLength(1);
    refuse(null);
    await shims.remove('e1', lan.id);
    expect(calls.at(-1)).toBe('remove e1 tl-aaaaaaaaaaaa');
    expect(shims.list()).toEqual([]);
  });
});

describe('the preview', () => {
  it('shows the commands, and refuses addresses of the pool, of others and of other shims', async () => {
    const { shims, world } = await start();
    expect(shims.preview(lan, '10.70.1.3').commands).toEqual([
      'ip link add tl-aaaaaaaaaaaa link eth1 type macvlan mode bridge',
      'sysctl -w net/ipv4/conf/tl-aaaaaaaaaaaa/arp_ignore=1',
      'sysctl -w net/ipv4/conf/eth1/arp_ignore=1',
      'sysctl -w net/ipv4/conf/tl-aaaaaaaaaaaa/arp_announce=2',
      'sysctl -w net/ipv4/conf/eth1/arp_announce=2',
      'ip addr replace 10.70.1.3/32 dev tl-aaaaaaaaaaaa',
      'ip link set tl-aaaaaaaaaaaa up',
      'ip route replace 10.70.1.10/32 dev tl-aaaaaaaaaaaa src 10.70.1.3',
    ]);
    const codes = (address: string) => shims.preview(lan, address).problems.map((each) => each.code);
    expect(codes('10.70.1.130')).toEqual(['address_reserved']);
    expect(codes('10.70.1.10')).toEqual(['address_in_use']);
    expect(codes('192.168.0.1')).toEqual(['address_outside_subnet']);
    const bridge = network({ name: 'br', kind: 'bridge', parent: undefined as never });
    world.networks.push(bridge);
    expect(shims.preview(bridge).problems.map((each) => each.code)).toEqual(['parent_invalid']);

    const other = network({ engineId: 'e2', id: 'cccccccccccc3', subnet: { ipRange: '10.70.1.128/25' } });
    world.engines.push(engine({ id: 'e2' }));
    world.networks.push(other);
    await shims.put(lan, '10.70.1.3');
    const second = shims.preview(other, '10.70.1.3');
    expect(second.problems.map((each) => each.code)).toEqual(['address_in_use_elsewhere']);
    await shims.dispose();
  });

  it('keeps out of a foreign DHCP server’s range, and takes what is merely reserved', async () => {
    const { shims, world } = await start();
    const reserved = [
      { from: '10.70.1.2', to: '10.70.1.9', kind: 'dhcp' as const },
      { from: '10.70.1.11', to: '10.70.1.20', kind: 'reserved' as const, note: 'for hosts' },
    ];
    const segment = {
      id: 'seg-1',
      name: 'Office',
      vlan: null,
      subnets: [{ subnet: '10.70.1.0/24' }],
      driver: 'macvlan' as const,
      mode: 'bridge',
      members: [],
      reserved,
    };
    Object.assign(world, { segments: [segment] });
    const codes = (address: string) => shims.preview(lan, address).problems.map((each) => each.code);
    expect(shims.preview(lan).suggestion).toBe('10.70.1.21');
    expect([codes('10.70.1.5'), codes('10.70.1.15')]).toEqual([['address_reserved'], []]);
    const own = { name: 'eth1', addresses: [{ address: '10.70.1.30', prefix: 24, scope: 'global' }] };
    Object.assign(world, { facts: [hostFacts('e1', nic(own))] });
    expect(codes('10.70.1.30')).toEqual(['address_reserved']);
  });

  it('keeps its own address, although the host has it now', async () => {
    const { shims, world } = await start();
    await shims.put(lan, '10.70.1.3');
    const addresses = [{ address: '10.70.1.3', prefix: 32, scope: 'global' }];
    Object.assign(world, { facts: [hostFacts('e1', nic({ name: 'tl-a', alias: shimAlias, addresses }))] });
    expect(shims.preview(lan, '10.70.1.3').problems).toEqual([]);
    expect(shims.policies()).toMatchObject([{ address: '10.70.1.3' }]);
  });

  it('suggests what no other shim holds', async () => {
    const { shims, world } = await start();
    await shims.put(lan, '10.70.1.2');
    const other = network({ engineId: 'e2', id: 'cccccccccccc3', subnet: { ipRange: '10.70.1.128/25' } });
    world.networks.push(other);
    expect(shims.preview(other).suggestion).toBe('10.70.1.3');
  });
});

it('a broken file is set aside, and one of a later version too', async () => {
  for (const text of ['{', '{"version":2}']) {
    const reported: unknown[] = [];
    await writeFile(join(folder, 'policies.json'), text);
    const file = await PoliciesFile.open(
      join(folder, 'policies.json'),
      new Storage((error) => reported.push(error)),
    );
    expect(file.shims()).toEqual([]);
    expect(reported).toHaveLength(1);
    const [aside = ''] = (await readdir(folder)).filter((each) => each.includes('broken'));
    expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
    await rm(join(folder, aside));
  }
});
