import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import type { SettingsConsole } from './services/testing/settings-console';
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

useDemoConsoles(3, 3);

const sourcesAre = (on: SettingsConsole, entries: string[]) =>
  vi.waitFor(async () => expect(await listed(on)).toEqual(entries), { timeout: 10_000 });

describe('the order of hosts that the command line names', () => {
  const beside = () => [given('argument', 'x', 1), given('argument', 'y', 2)];

  it('is the admin’s, also after a restart, and so is their place among those of the settings', async () => {
    const on = await start({ given: beside() });
    const id = await added(on, 0);
    expect(await listed(on)).toEqual([`${id} settings`, 'x argument', 'y argument']);
    await on.value('engines.arrange', { order: ['y', id, 'x'] });
    const arranged = ['y argument', `${id} settings`, 'x argument'];
    expect(await listed(on)).toEqual(arranged);
    // It says nothing of which engines there are.
    expect(await yaml()).not.toMatch(/\b[xy]\b/);
    await endAll();
    const again = await start({ given: beside() });
    expect(await listed(again)).toEqual(arranged);
    expect((await engines(again)).find((each) => each.id === 'y')?.position).toBe(0);
    // One that is named no more leaves the others as they were, and has its place when it is named again.
    await endAll();
    expect(await listed(await start({ given: beside().slice(0, 1) }))).toEqual(arranged.slice(1));
    await endAll();
    expect(await listed(await start({ given: beside() }))).toEqual(arranged);
  });

  it('does not outdo what engines.yaml says of its own', async () => {
    const on = await start({ given: beside().slice(0, 1) });
    const a = await added(on, 0);
    const b = await added(on, 2);
    await on.value('engines.arrange', { order: [a, 'x', b] });
    await endAll();
    const [head = '', one = '', two = ''] = (await yaml()).split(/(?=^ {2}- )/m);
    await writeFile(inFolder('engines.yaml'), head + two + one);
    const again = await start({ given: beside().slice(0, 1) });
    expect(await listed(again)).toEqual([`${b} settings`, 'x argument', `${a} settings`]);
    // While it runs as well.
    await writeFile(inFolder('engines.yaml'), head + one + two);
    await sourcesAre(again, [`${a} settings`, 'x argument', `${b} settings`]);
  });

  it('that can’t be read is set aside, and the usual one holds', async () => {
    await writeFile(inFolder('order.json'), '{"version":1,"order":7}');
    const on = await start({ given: beside() });
    expect(await listed(on)).toEqual(['x argument', 'y argument']);
    await on.value('engines.arrange', { order: ['y', 'x'] });
    await endAll();
    expect(JSON.parse(await readFile(inFolder('order.json'), 'utf8'))).toEqual({
      version: 1,
      order: ['y', 'x'],
    });
  });
});

describe('the hosts file', () => {
  const hosts = () => inFolder('hosts');
  const idOf = (on: SettingsConsole, index: number) => on.ways.engineIdOf(socketOf(index));

  it('is followed while the console runs: hosts come and go, and none of the others is reached anew', async () => {
    await writeFile(hosts(), `${endpointOf(0)}\n`);
    const on = await start({ hostsFile: hosts(), given: [given('argument', 'x', 2)] });
    const [first, second] = [idOf(on, 0), idOf(on, 1)];
    await online(on, first);
    const since = (await engine(on, first))?.since;
    await writeFile(hosts(), `# both\n${endpointOf(0)}\n${endpointOf(1)}\n`);
    await online(on, second);
    expect(await listed(on)).toEqual(['x argument', `${first} file`, `${second} file`]);
    expect(await engine(on, first)).toMatchObject({ state: 'online', since });
    await writeFile(hosts(), `version: 1\nengines:\n  - address: ${endpointOf(1)}\n    name: By hand\n`);
    await sourcesAre(on, ['x argument', `${second} file`]);
    expect(await engine(on, second)).toMatchObject({ name: 'By hand', state: 'online' });
    expect(on.lists.at(-1)?.engines).toHaveLength(2);
    await vi.waitFor(async () => expect(await engine(on, first)).toBeUndefined());
  });

  it('that breaks says so to the window until it is mended, and its hosts go on', async () => {
    await writeFile(hosts(), `${endpointOf(0)}\n`);
    const on = await start({ hostsFile: hosts() });
    const first = idOf(on, 0);
    await online(on, first);
    await writeFile(hosts(), 'version: 1\nengines: {');
    await vi.waitFor(
      () =>
        expect(on.lists.at(-1)?.problem).toMatchObject({
          code: 'settings_broken',
          params: { context: 'hosts', file: hosts() },
        }),
      { timeout: 10_000 },
    );
    expect(await engine(on, first)).toMatchObject({ state: 'online' });
    // It is not the settings' own file: those can be changed all the same.
    const added1 = await added(on, 1);
    await writeFile(hosts(), `${endpointOf(0)}\n${endpointOf(2)}\n`);
    await vi.waitFor(() => expect(on.lists.at(-1)?.problem).toBeUndefined(), { timeout: 10_000 });
    expect(await listed(on)).toEqual([`${added1} settings`, `${first} file`, `${idOf(on, 2)} file`]);
    expect(await readFile(hosts(), 'utf8')).toBe(`${endpointOf(0)}\n${endpointOf(2)}\n`);
  });

  it('that is wrong when the console starts is refused: it was asked for', async () => {
    await writeFile(hosts(), 'ftp://atlas\n');
    await expect(start({ hostsFile: hosts() })).rejects.toMatchObject({ problem: { code: 'invalid_input' } });
    await expect(start({ hostsFile: inFolder('none') })).rejects.toMatchObject({
      problem: { message: expect.stringContaining('there is no such file') as string },
    });
  });
});
