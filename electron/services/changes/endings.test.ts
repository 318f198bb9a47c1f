import { expect, it } from 'vitest';
import type { ChangeRecord } from '../../../shared/model';
import { engine as engineOf } from '../../../shared/rules/testing';
import { newRun } from '../storage/journal';
import { FakeEngine } from '../testing/fake-engine';
import { ChangeEndings } from './endings';
import { RecreatedNetworks } from './recreated-networks';
import { unknownPins } from './pictures';

const context: ConstructorParameters<typeof ChangeEndings>[0] = {
  snapshot: () => ({ revision: 1, engines: [], networks: [], containers: [] }),
  client: () => new FakeEngine(),
  log: { write: () => Promise.resolve(), whyUnsaved: () => null } as never,
  kindOf: () => ({ keys: [], plan: () => Promise.reject(new Error('plans nothing')) }),
  keepers: {} as never,
  plan: {} as never,
  onRecord: () => undefined,
  now: () => 7,
  who: 'grace',
};
const endings = new ChangeEndings(context, new RecreatedNetworks());
const host = { engineId: 'e1', engineName: 'atlas', steps: [] };
const record: ChangeRecord = {
  ...{ id: 'x', at: 1, who: 'ada', state: 'applied', undoable: true },
  request: { kind: 'detach', engineId: 'e1', containerId: 'c1', networkId: 'n1' },
  hosts: [{ ...host, state: 'done' }],
};
const entry = { record, inverse: [host], run: newRun('undo', 'me', [host]) };

it('tells who undid a change, and when', async () => {
  expect(await endings.undone(entry)).toMatchObject({
    ...{ state: 'undone', at: 1, who: 'ada', undone: { at: 7, who: 'grace' } },
  });
});

it('tells nobody of one that was rolled back', async () => {
  const results = [{ ...host, state: 'rolled-back' as const }];
  const outcome = { results, inverse: null, ok: true, open: false };
  expect(await endings.back(entry, outcome)).not.toHaveProperty('undone');
});

it('says of an address that Podman did not tell that nobody knows whether it came back', () => {
  const names = { containerId: 'c1', containerName: 'web', networkId: 'lan', networkName: 'lan' };
  const back = (ipv4?: string) => [
    { engineId: 'e1', steps: [{ op: 'connect' as const, ...names, endpoint: ipv4 ? { ipv4 } : {} }] },
  ];
  const said = (product: 'docker' | 'podman', ipv4?: string) =>
    unknownPins(back(ipv4), [{ id: 'e1', product }]);
  expect(said('podman')).toMatchObject([{ container: 'web', network: 'lan', field: '' }]);
  expect([said('podman', '10.70.1.71'), said('docker')]).toEqual([[], []]);
});

it('keeps what undoing fixed on Podman, which does not tell it', async () => {
  const names = { containerId: 'c1', containerName: 'web', networkId: 'lan', networkName: 'lan' };
  const steps = [
    { op: 'disconnect' as const, ...names },
    { op: 'connect' as const, ...names, endpoint: { ipv4: '10.70.1.71' } },
  ];
  const undo = (product: 'docker' | 'podman') =>
    new ChangeEndings(
      { ...context, snapshot: () => ({ ...context.snapshot(), engines: [engineOf({ product })] }) },
      new RecreatedNetworks(),
    ).undone({ ...entry, inverse: [{ ...host, steps }] });
  expect((await undo('podman')).undone?.back).toEqual([{ engineId: 'e1', steps: [steps[1]] }]);
  expect(await undo('docker')).not.toHaveProperty('undone.back');
});

it('says of a container that it came back onto another network of the same name, unless that is of our making', async () => {
  const lan = { networkId: 'n1', networkName: 'lan' };
  const back = (over: object) => ({
    ...host,
    steps: [
      { op: 'connect' as const, containerId: 'c1', containerName: 'web', ...lan, endpoint: {}, ...over },
    ],
  });
  const undo = async (networkId: string, recreated = new RecreatedNetworks(), before = {}) =>
    new ChangeEndings(context, recreated).undone({
      ...entry,
      inverse: [back(before)],
      run: newRun('undo', 'me', [back({ networkId })]),
    });
  expect((await undo('n9')).exceptions).toEqual([
    { container: 'web', network: 'lan', field: 'NetworkID', before: 'n1', after: 'n9' },
  ]);
  expect(await undo('n1')).not.toHaveProperty('exceptions');
  const recreated = new RecreatedNetworks(() => [{ engineId: 'e1', from: 'n1', to: 'n9' }]);
  expect(await undo('n9', recreated)).not.toHaveProperty('exceptions');
});
