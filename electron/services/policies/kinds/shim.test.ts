import { readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { ProblemError, type Delta } from '../../../../shared/model';
import { engine } from '../../../../shared/rules/testing';
import { lan, web } from '../../testing/shim-world';
import { parseYaml } from '../../storage/yaml-text';
import { shimBench } from '../testing';

const start = shimBench();

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
    const { shims, calls, path, pass, preview, put: make } = await start();
    shims.onOnline('e1');
    expect((await preview(lan)).suggestedIpv4).toBe('10.70.1.2');
    await make(lan, '10.70.1.2');
    expect(shims.list()[0]?.state).toBe('applied');
    expect(calls).toEqual([put]);
    expect(parseYaml(await readFile(path, 'utf8'))).toMatchObject({
      version: 1,
      policies: [{ kind: 'shim', engineId: 'e1', networkName: 'lan', address: '10.70.1.2' }],
    });
    shims.onOnline('e1');
    expect(shims.list()[0]?.state).toBe('pending');
    await pass(0);
    expect(calls).toEqual([put, put]);
    expect(shims.list()[0]?.state).toBe('applied');
    await shims.dispose();
  });

  it('leave a link to the other console that keeps it, and are put there once it is gone', async () => {
    const { shims, calls, links, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    const others = { name: 'tl-aaaaaaaaaaaa', parent: 'eth1', address: '10.70.1.4', routes: [] };
    links.set('e1/tl-aaaaaaaaaaaa', others);
    shims.onOnline('e1');
    await pass(0);
    for (const ms of [5_000, 10_000, 20_000]) {
      expect(shims.list()[0]).toMatchObject({
        state: 'kept-elsewhere',
        problem: { code: 'change_stale', params: { context: 'kept_elsewhere', link: others.name } },
      });
      expect(links.get('e1/tl-aaaaaaaaaaaa')).toEqual(others);
      await pass(ms);
    }
    links.clear();
    await pass(40_000);
    expect([shims.list()[0]?.state, calls.at(-1)]).toEqual(['applied', put]);
    await shims.dispose();
  });

  it('follow the addresses of the network’s containers, and rest when none differs', async () => {
    const { shims, calls, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
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
    const { shims, calls, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
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
    const { shims, calls, changes, path, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    shims.onOnline('e1');
    Object.assign(world, { engines: [], networks: [], containers: [] });
    shims.onDelta(touched({ containers: [], engineRemoved: true }));
    expect(changes.at(-1)).toMatchObject([{ state: 'waiting' }]);
    await shims.forget('e1');
    await pass(1_000);
    expect([shims.list(), changes.at(-1), calls]).toEqual([[], [], [put]]);
    expect(parseYaml(await readFile(path, 'utf8'))).toMatchObject({ policies: [] });
    await shims.dispose();
  });

  it('are tried again less and less often, and by consent at once', async () => {
    const { shims, calls, refuse, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
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
    expect(shims.list()[0]).toMatchObject({ state: 'unlooked', problem: { code: 'toolbox_refused' } });
    refuse(null);
    await pass(1_000_000);
    expect(calls).toHaveLength(2);
    shims.onConsent('e1');
    await pass(0);
    expect(calls).toHaveLength(3);
    await shims.dispose();
  });

  it('follow a network that was made anew, and leave its old link nowhere', async () => {
    const { shims, calls, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
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

  it('leave what another console has made of their old link', async () => {
    const { shims, calls, links, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    const other = { ...links.get('e1/tl-aaaaaaaaaaaa')!, address: '10.70.1.3' };
    links.set('e1/tl-aaaaaaaaaaaa', other);
    world.networks = [{ ...lan, id: 'bbbbbbbbbbbb2' }];
    world.containers = [];
    shims.onDelta(touched());
    await pass(300);
    await vi.waitUntil(() => calls.at(-1) === 'put e1 tl-bbbbbbbbbbbb 10.70.1.2 ');
    expect(links.get('e1/tl-aaaaaaaaaaaa')).toEqual(other);
    await shims.dispose();
  });

  it('are not kept when they could not be put there, nor forgotten when they could not be removed', async () => {
    const { shims, refuse, calls, put: make, remove } = await start();
    const refusal = new ProblemError({ code: 'toolbox_unasked', message: 'ask' });
    refuse(refusal);
    await expect(make(lan, '10.70.1.2')).rejects.toMatchObject({ problem: { code: 'toolbox_unasked' } });
    expect(shims.list()).toEqual([]);
    refuse(null);
    await make(lan, '10.70.1.2');
    refuse(refusal);
    await expect(remove(lan)).rejects.toMatchObject({ problem: { code: 'toolbox_unasked' } });
    expect(shims.list()).toHaveLength(1);
    refuse(null);
    await remove(lan);
    expect(calls.at(-1)).toBe('remove e1 tl-aaaaaaaaaaaa');
    expect(shims.list()).toEqual([]);
  });

  it('that somebody has removed from the host are told as drifted, and put back', async () => {
    const { shims, calls, changes, links, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    await pass(300);
    links.clear();
    changes.length = 0;
    await pass(300_000);
    expect(changes[0]).toMatchObject([{ state: 'drifted', shim: { address: '10.70.1.2' } }]);
    expect([calls, changes.at(-1)]).toMatchObject([[put, put], [{ state: 'applied' }]]);
    await shims.dispose();
  });

  it('that somebody has made a link that leads nowhere are told as drifted, and put back', async () => {
    const { shims, calls, changes, links, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    await pass(300);
    const name = 'e1/tl-aaaaaaaaaaaa';
    links.set(name, { ...links.get(name)!, impaired: true });
    changes.length = 0;
    await pass(300_000);
    expect(changes[0]).toMatchObject([{ state: 'drifted' }]);
    expect([calls, changes.at(-1)]).toMatchObject([[put, put], [{ state: 'applied' }]]);
    expect(links.get(name)).not.toHaveProperty('impaired');
    await shims.dispose();
  });

  it('say why where their network, made anew, has no parent', async () => {
    const { shims, calls, world, pass, put: make } = await start();
    shims.onOnline('e1');
    await make(lan, '10.70.1.2');
    const { parent: _, ...bare } = lan;
    world.networks = [{ ...bare, id: 'bbbbbbbbbbbb2' }];
    shims.onDelta(touched());
    await pass(300);
    expect(shims.list()).toMatchObject([{ state: 'failed', problem: { code: 'parent_invalid' } }]);
    expect(calls).toEqual([put]);
    await shims.dispose();
  });
});
