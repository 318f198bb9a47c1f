import { writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  added,
  endAll,
  endpointOf,
  engine,
  engines,
  given,
  inFolder,
  listed,
  online,
  socketOf,
  start,
  useDemoConsoles,
  yaml,
} from './testing/demo-consoles';

useDemoConsoles(3, 9);

describe('engines of the settings', () => {
  it('are added, seen online, and there again after a restart, under the id of their address', async () => {
    const first = await start();
    expect(await engines(first)).toEqual([]);
    const id = await added(first, 0, { name: 'Atlas', colour: 'teal', group: 'Cellar' });
    expect(id).toBe(first.ways.engineIdOf(socketOf(0)));
    expect(await engine(first, id)).toMatchObject({
      name: 'Atlas',
      colour: 'teal',
      group: 'Cellar',
      position: 0,
    });
    expect(first.lists.at(-1)?.engines).toMatchObject([{ id, name: 'Atlas', source: 'settings' }]);
    await endAll();
    const second = await start();
    await online(second, id);
    expect(await engine(second, id)).toMatchObject({ name: 'Atlas', colour: 'teal' });
  });

  it('get other names, colours and places without being reached anew', async () => {
    const on = await start();
    const a = await added(on, 0);
    const b = await added(on, 1, { name: 'B' });
    const before = await engine(on, a);
    expect(before?.name).toBe(before?.hostName);
    await on.value('engines.edit', { id: a, connection: socketOf(0), name: 'A', colour: 'pink' });
    await on.value('engines.arrange', { order: [b, a] });
    expect((await engines(on)).map((each) => [each.name, each.position])).toEqual([
      ['B', 0],
      ['A', 1],
    ]);
    expect(await engine(on, a)).toMatchObject({ state: 'online', since: before?.since, colour: 'pink' });
    expect(on.deltas.filter((each) => each.engineRemoved || each.containersRemoved.length > 0)).toEqual([]);
    expect((await yaml()).indexOf(`id: ${b}`)).toBeLessThan((await yaml()).indexOf(`id: ${a}`));
    await on.value('engines.edit', { id: a, connection: socketOf(0) });
    expect(await engine(on, a)).toMatchObject({ name: before?.hostName });
    expect(await engine(on, a)).not.toHaveProperty('colour');
  });

  it('keep their id where they are moved to another address, and nothing of the old one', async () => {
    const on = await start();
    const id = await added(on, 0);
    await on.value('toolbox.consent', { engineId: id, granted: true });
    const old = (await on.value('inventory.get', {})).containers.map((each) => each.id);
    await on.value('engines.edit', { id, connection: socketOf(1) });
    await online(on, id);
    const { containers } = await on.value('inventory.get', {});
    expect(containers.map((each) => each.id).filter((each) => old.includes(each))).toEqual([]);
    expect(await engine(on, id)).toMatchObject({ endpoint: endpointOf(1) });
    // What was allowed was allowed for the other host.
    const { engines: consents } = await on.value('toolbox.describe', {});
    expect(consents).toMatchObject([{ engineId: id, consent: 'unasked' }]);
    expect(on.deltas.some((each) => each.engineRemoved)).toBe(false);
  });

  it('are removed with all that was theirs, and come back by being added again', async () => {
    const on = await start();
    const id = await added(on, 0);
    const other = await added(on, 1);
    await on.value('toolbox.consent', { engineId: id, granted: true });
    await vi.waitFor(
      async () =>
        expect((await on.value('traffic.index', {})).series.some((each) => each.engineId === id)).toBe(true),
      { timeout: 20_000 },
    );
    await on.value('engines.remove', { engineId: id });
    const { containers, networks } = await on.value('inventory.get', {});
    expect(new Set([...containers, ...networks].map((each) => each.engineId))).toEqual(new Set([other]));
    expect((await on.value('traffic.index', {})).series.some((each) => each.engineId === id)).toBe(false);
    expect((await on.value('toolbox.describe', {})).engines.map((each) => each.engineId)).toEqual([other]);
    expect(await on.refused('inventory.refresh', { engineId: id })).toBe('engine_unknown');
    await vi.waitFor(() =>
      expect(on.deltas.find((each) => each.engineRemoved)).toMatchObject({ engineId: id }),
    );
    expect(await added(on, 0)).toBe(id);
    const { engines: consents } = await on.value('toolbox.describe', {});
    expect(consents.find((each) => each.engineId === id)?.consent).toBe('unasked');
    expect(on.reported).toEqual([]);
  });

  it('can be none at all, also after a restart', async () => {
    const on = await start();
    await on.value('engines.remove', { engineId: await added(on, 0) });
    expect(await engines(on)).toEqual([]);
    await endAll();
    const again = await start();
    expect(again.settings.decided).toBe(true);
    expect(await listed(again)).toEqual([]);
  });

  it('let a change on their engine end before they are let go', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const order: string[] = [];
    const on = await start({
      ways: (real) => ({
        ...real,
        client: (id, connection) => {
          const client = real.client(id, connection);
          const disconnect = client.disconnect.bind(client);
          client.disconnect = async (...args) => {
            order.push('began');
            await held;
            await disconnect(...args);
            order.push('done');
          };
          return client;
        },
      }),
    });
    const id = await added(on, 0);
    const { containers } = await on.value('inventory.get', {});
    const subject = containers.find((each) => each.endpoints.some((one) => one.endpointId !== ''));
    const networkId = subject?.endpoints.find((one) => one.endpointId !== '')?.networkId ?? '';
    const request = { kind: 'detach' as const, engineId: id, containerId: subject?.id ?? '', networkId };
    const preview = await on.value('change.preview', { request });
    const applying = on.value('change.apply', { id: preview.id });
    await vi.waitFor(() => expect(order).toEqual(['began']));
    const removing = on.value('engines.remove', { engineId: id }).then(() => order.push('removed'));
    // Off the list at once; its session lasts as long as the change needs it.
    await vi.waitFor(async () => expect(await listed(on)).toEqual([]));
    expect(await engine(on, id)).toMatchObject({ state: 'online' });
    release();
    expect((await applying).state).toBe('applied');
    await removing;
    expect(order).toEqual(['began', 'done', 'removed']);
    expect(await engines(on)).toEqual([]);
  });
});

describe('engines that the console was given', () => {
  it('stand beside the settings; one that is in both is of the settings, under the same id', async () => {
    const first = await start({ given: [given('argument', 'x', 0)] });
    const own = first.ways.engineIdOf(socketOf(0));
    const argument = { config: { id: own, connection: socketOf(0) }, source: 'argument' as const };
    await endAll();
    const on = await start({ given: [argument, given('file', 'f', 1)] });
    await online(on, own);
    const since = (await engine(on, own))?.since;
    expect(await listed(on)).toEqual([`${own} argument`, 'f file']);
    expect((await on.value('engines.add', { connection: socketOf(0), name: 'Mine' })).engineId).toBe(own);
    expect(await listed(on)).toEqual([`${own} settings`, 'f file']);
    expect(await engine(on, own)).toMatchObject({ name: 'Mine', state: 'online', since });
    await on.value('engines.remove', { engineId: own });
    expect(await listed(on)).toEqual([`${own} argument`, 'f file']);
    expect(await engine(on, own)).toMatchObject({ state: 'online', since });
  });

  it('become part of the settings with the first that is added, where they were found', async () => {
    const on = await start({ given: [given('found', 'here', 0)] });
    const added2 = await added(on, 1);
    expect(await listed(on)).toEqual(['here settings', `${added2} settings`]);
    await endAll();
    expect(await listed(await start())).toEqual(['here settings', `${added2} settings`]);
  });

  it('end with the first that is added, where they are simulated', async () => {
    const endDemo = vi.fn(async () => undefined);
    const on = await start({ given: [given('demo', 'demo-1', 0), given('demo', 'demo-2', 1)], endDemo });
    await online(on, 'demo-1');
    expect((await on.value('app.info', {})).demo).toBe(true);
    const id = await added(on, 2);
    expect(await listed(on)).toEqual([`${id} settings`]);
    expect((await engines(on)).map((each) => each.id)).toEqual([id]);
    expect((await on.value('app.info', {})).demo).toBe(false);
    expect(endDemo).toHaveBeenCalled();
  });
});

describe('engines.yaml under another hand', () => {
  it('is followed: engines come, go, move and are renamed', async () => {
    const on = await start();
    const id = await added(on, 0);
    const gone = await added(on, 1);
    const text = (await yaml()).replace(`- id: ${id}`, `- id: ${id}\n    name: By hand`);
    const other = `  - address: ${endpointOf(2)}\n`;
    await writeFile(inFolder('engines.yaml'), text.slice(0, text.indexOf(`  - id: ${gone}`)) + other);
    const third = on.ways.engineIdOf(socketOf(2));
    await online(on, third);
    expect((await engines(on)).map((each) => each.id)).toEqual([id, third]);
    expect(await engine(on, id)).toMatchObject({ name: 'By hand', state: 'online' });
  });

  it('is not written over: what was decided on what it said before is asked again', async () => {
    const on = await start();
    const id = await added(on, 0, { name: 'Seen' });
    const byHand = (await yaml()).replace('Seen', 'By hand');
    await writeFile(inFolder('engines.yaml'), byHand);
    const edit = { id, connection: socketOf(0), name: 'In the window' };
    expect(await on.refused('engines.edit', edit)).toBe('settings_changed');
    expect(await yaml()).toBe(byHand);
    expect(await engine(on, id)).toMatchObject({ name: 'By hand' });
    await on.value('engines.edit', edit);
    expect(await engine(on, id)).toMatchObject({ name: 'In the window' });
  });

  it('that breaks says so to the window, and engines go on', async () => {
    const on = await start();
    const id = await added(on, 0);
    await writeFile(inFolder('engines.yaml'), 'version: 1\nengines: {');
    await vi.waitFor(() => expect(on.lists.at(-1)?.problem?.code).toBe('settings_broken'), {
      timeout: 10_000,
    });
    expect(await on.refused('engines.add', { connection: socketOf(1) })).toBe('settings_broken');
    expect(await engine(on, id)).toMatchObject({ state: 'online' });
    expect(await yaml()).toBe('version: 1\nengines: {');
  });
});
