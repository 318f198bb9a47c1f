import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { published, rich, sharing } from '../../docker/fixtures/containers-inspected';
import { listed } from '../../docker/fixtures/containers-listed';
import { mutated } from '../../docker/fixtures/mutations';
import { networks } from '../../docker/fixtures/networks';
import { engine, json, type Routes } from '../../docker/testing/test-engine';
import { unknownEngine } from './unknown-engine';
import { Inventory } from './inventory';
import { Oddities } from './oddities';
import { EngineReader } from './reader';

/** Three containers of a real engine, as its list and its inspects tell of them. */
const inspected = [rich, published, sharing];
const list = inspected.map((each, at) => ({
  ...listed[at % listed.length],
  Id: each.Id,
  Names: [each.Name],
}));

/** Text that an engine sends in place of one of its answers. */
const broken = (original: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: mutated(original).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.nat(4_000).map((length) => JSON.stringify(original).slice(0, length)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'OK', '<html>502</html>', 'null', '\u0000', '{"message":"no"}'),
    },
  );

const paths = {
  '/networks': networks,
  '/containers/json': list,
  ...Object.fromEntries(inspected.map((each) => [`/containers/${each.Id}/json`, each])),
};

/** An engine whose answers can be changed as it runs, and a console's reader of it. */
async function reading() {
  const said = new Map<string, string>();
  const routes: Routes = {};
  for (const [path, value] of Object.entries(paths))
    routes[`GET ${path}`] = (response: ServerResponse) => {
      const text = said.get(path);
      if (text === undefined) json(response, value);
      else response.end(text);
    };
  routes['GET /_ping'] = (response) => response.end('OK');
  const { client } = await engine(routes);
  const inventory = new Inventory(() => undefined);
  inventory.addEngine(unknownEngine(client, false, 0));
  const oddities = new Oddities(
    () => undefined,
    () => undefined,
  );
  return { said, inventory, oddities, reader: new EngineReader(client, inventory, oddities) };
}
const names = (inventory: Inventory) =>
  inventory
    .containers('e1')
    .filter((each) => each.detail)
    .map((each) => each.id);

describe('an engine one of whose answers is broken', () => {
  it('an inspect: the others are shown in full, and it is told which one is odd', async () => {
    const { said, inventory, oddities, reader } = await reading();
    const path = `/containers/${rich.Id}/json`;
    const others = [published.Id, sharing.Id];
    await fc.assert(
      fc.asyncProperty(broken(rich), async (text) => {
        said.set(path, text);
        await reader.resync(true);
        expect(names(inventory)).toEqual(expect.arrayContaining(others));
        expect(inventory.containers('e1')).toHaveLength(3);
        const odd = oddities.summary((id) => id);
        expect([null, rich.Id]).toContain(odd && odd.names);
      }),
      { numRuns: 150 },
    );
    said.clear();
    await reader.resync(false);
    expect(oddities.summary((id) => id)).toBeNull();
    expect(names(inventory)).toHaveLength(3);
  });

  it('an inspect that tells of another: nothing is made up, and nothing covered', async () => {
    const { said, inventory, oddities, reader } = await reading();
    for (const other of [
      { ...rich, Id: 'ghost' },
      { ...sharing, Name: '/impostor' },
    ]) {
      said.set(`/containers/${rich.Id}/json`, JSON.stringify(other));
      await reader.resync(true);
      expect(oddities.summary((id) => id)?.names).toBe(rich.Id);
      expect(inventory.containers('e1').map((each) => each.id)).toHaveLength(3);
      expect(inventory.container('e1', sharing.Id)?.name).toBe(sharing.Name.slice(1));
    }
  });

  it('a list: what was known stays or is told to be unreadable, and the next good one mends all', async () => {
    const { said, inventory, reader } = await reading();
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom('/networks', '/containers/json')
          .chain((path) => broken(paths[path as keyof typeof paths]).map((text) => ({ path, text }))),
        async ({ path, text }) => {
          said.clear();
          said.set(path, text);
          await reader.resync(true).catch((error: unknown) => expect(error).toBeInstanceOf(ProblemError));
          said.clear();
          await reader.resync(false);
          expect(names(inventory)).toHaveLength(3);
          expect(inventory.networks('e1')).toHaveLength(networks.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
