import { readFile, writeFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import type { SettingsConsole } from './services/testing/settings-console';
import {
  added,
  endAll,
  endpointOf,
  engine,
  engines,
  inFolder,
  online,
  socketOf,
  start,
  useDemoConsoles,
  yaml,
} from './testing/demo-consoles';

useDemoConsoles(2, 4);

const consent = async (on: SettingsConsole, id: string) =>
  (await on.value('toolbox.describe', {})).engines.find(({ engineId }) => engineId === id);
/** A console with the first engine, on which the toolbox is allowed; the engine's id. */
async function allowed(): Promise<[SettingsConsole, string]> {
  const on = await start();
  const id = await added(on, 0);
  await on.value('toolbox.consent', { engineId: id, granted: true });
  return [on, id];
}
/** What another hand writes: the entry leads to the second engine. */
const edited = (text: string) => text.replaceAll(socketOf(0).path, socketOf(1).path);
const write = (text: string) => writeFile(inFolder('engines.yaml'), text);

it('is asked for anew where the address was edited by hand while no console ran, and says why', async () => {
  const [, id] = await allowed();
  await endAll();
  const before = await yaml();
  await write(edited(before));
  const again = await start();
  await online(again, id);
  expect((await engine(again, id))?.endpoint).toBe(endpointOf(1));
  expect(await consent(again, id)).toMatchObject({ consent: 'unasked', moved: true });
  expect(await again.run('host.facts', { engineId: id })).toMatchObject({
    error: { code: 'toolbox_unasked', params: { context: 'moved' } },
  });
  await endAll();
  // What was said of the host that it is again still counts.
  await write(before);
  const back = await start();
  await online(back, id);
  expect(await consent(back, id)).toMatchObject({ consent: 'granted' });
});

it('is asked for anew where the entry is put back with another address while a console runs', async () => {
  const [on, id] = await allowed();
  const text = await yaml();
  await write(text.slice(0, text.indexOf('- id:')).replace(/engines:\s*$/, 'engines: []\n'));
  await vi.waitFor(async () => expect(await engines(on)).toEqual([]), { timeout: 10_000 });
  await write(edited(text));
  await vi.waitFor(async () => expect(await engines(on)).toHaveLength(1), { timeout: 10_000 });
  await online(on, id);
  expect(await consent(on, id)).toMatchObject({ consent: 'unasked', moved: true });
});

it('said of the new address counts from then on', async () => {
  const [, id] = await allowed();
  await endAll();
  await write(edited(await yaml()));
  const again = await start();
  await online(again, id);
  await again.value('toolbox.consent', { engineId: id, granted: true });
  expect(await consent(again, id)).toMatchObject({ consent: 'granted' });
  expect(await consent(again, id)).not.toHaveProperty('moved');
});

it('of an earlier version, without an address, counts for the address that the id was made of alone', async () => {
  const [, id] = await allowed();
  await endAll();
  const file = inFolder('toolbox.json');
  const older = (await readFile(file, 'utf8')).replace(/ *"address": "[^"]*",\n/, '');
  expect(older).not.toContain('"address"');
  await writeFile(file, older);
  const same = await start();
  await online(same, id);
  expect(await consent(same, id)).toMatchObject({ consent: 'granted' });
  await endAll();
  await write(edited(await yaml()));
  const other = await start();
  await online(other, id);
  expect(await consent(other, id)).toMatchObject({ consent: 'unasked', moved: true });
});
