import { ok, type Preferences, type Problem, type Snapshot } from '../../shared/model';
import { problem } from '../../shared/texts';
import type { Dialog, DialogKind, Selection } from '../../renderer/store/ui';
import { applied, attach, cutOff, guardOf, segment, snapshot, type Answers } from './world';

/** One state of the window. */
export interface Scene {
  /** What is shown; the world of the gallery unless told. */
  snapshot?: Snapshot;
  answers?: Answers;
  dialog?: Dialog;
  selection?: Selection;
  preferences?: Partial<Preferences>;
  readOnly?: boolean;
}

const engineId = 'atlas';
const lan = { engineId, networkId: 'lan-id' };

/** The world, with a host that can't be reached for this reason. */
const offline = (reason: Problem): Snapshot => ({
  ...snapshot,
  engines: snapshot.engines.map((each) =>
    each.id === engineId ? { ...each, state: 'offline', problem: reason } : each,
  ),
});
const unknownKey = problem('ssh_host_unknown', {
  ...{ host: 'atlas', type: 'ssh-ed25519', fingerprint: 'SHA256:2Q0pV1Zk9m6r3sYc8fTq' },
});
const locked = problem('ssh_passphrase_needed', { file: '/home/ada/.ssh/id_ed25519' });
const unreachable = problem('engine_unreachable', {
  host: 'atlas',
  context: 'refused',
  endpoint: 'tcp://10.70.1.1:2376',
});

/** Every dialog by its kind: one that is added without a scene does not compile. */
const dialogs: { [K in DialogKind]: Scene & { dialog: Dialog<K> } } = {
  change: { dialog: { kind: 'change', request: attach } },
  attach: { dialog: { kind: 'attach', engineId, containerId: 'web-id' } },
  'new-network': { dialog: { kind: 'new-network', engineId, parent: 'eth0' } },
  raw: { dialog: { kind: 'raw', selection: { kind: 'engine', engineId } } },
  'segment-form': { dialog: { kind: 'segment-form', purpose: { kind: 'create' } } },
  'segment-change': {
    dialog: {
      kind: 'segment-change',
      request: { kind: 'delete-segment', segmentId: segment.id, detachRunning: false },
    },
  },
  'segment-export': { dialog: { kind: 'segment-export', segmentId: segment.id } },
  'segment-import': { dialog: { kind: 'segment-import' } },
  toolbox: { dialog: { kind: 'toolbox', engineId } },
  addresses: { dialog: { kind: 'addresses', ...lan } },
  subnets: { dialog: { kind: 'subnets' } },
  'addresses-export': { dialog: { kind: 'addresses-export', ...lan } },
  'addresses-import': { dialog: { kind: 'addresses-import', ...lan } },
  'guard-all': {
    dialog: { kind: 'guard-all', purpose: 'set', name: 'lan', targets: { networks: [lan] } },
  },
  guard: { dialog: { kind: 'guard', engineId, containerId: 'proxy-id' } },
  host: { dialog: { kind: 'host', engineId } },
  shim: { dialog: { kind: 'shim', engineId, networkId: 'lan-id' } },
  isolation: { dialog: { kind: 'isolation', networks: [lan] } },
  engines: { dialog: { kind: 'engines' } },
  'engine-form': { dialog: { kind: 'engine-form' } },
  'engine-key': { snapshot: offline(unknownKey), dialog: { kind: 'engine-key', engineId } },
  'engine-unlock': { snapshot: offline(locked), dialog: { kind: 'engine-unlock', engineId } },
  'engine-remove': { dialog: { kind: 'engine-remove', engineId } },
  recover: {
    dialog: { kind: 'recover', id: cutOff.id, action: 'finish' },
    answers: { 'change.list': () => ok([cutOff, applied]) },
  },
  'change-log': { dialog: { kind: 'change-log' } },
  shortcuts: { dialog: { kind: 'shortcuts' } },
};

const select = (selection: Selection): Scene => ({ selection });
const bare = (engines: Snapshot['engines']): Snapshot => ({
  revision: 1,
  engines,
  networks: [],
  containers: [],
});
const many: Snapshot = {
  ...snapshot,
  containers: Array.from({ length: 100 }, (_each, index) => ({
    ...snapshot.containers[index % snapshot.containers.length]!,
    ...{ id: `many-${String(index)}`, name: `worker-${String(index)}` },
  })),
};

/** One guard in each of these states, of as many containers. */
const guarded: Answers = {
  'guard.list': () =>
    ok([
      guardOf('proxy', 'asked', 'proxy-id', [
        { networkName: 'lan', what: 'other', kept: '10.70.1.20', actual: '10.70.1.10' },
      ]),
      guardOf('camera', 'kept', 'camera-id'),
      guardOf('printer', 'away', null),
      {
        ...guardOf('web', 'failed', 'web-id', [
          { networkName: 'lan', what: 'missing', kept: '10.70.1.20', actual: '' },
        ]),
        problem: problem('address_in_use', {
          ...{ address: '10.70.1.20', container: 'nas', network: 'lan', host: 'atlas' },
        }),
      },
    ]),
};

/** The window itself: what it shows when nothing is asked of it, and of what is selected. */
const views: Record<string, Scene> = {
  topology: {},
  table: { preferences: { view: 'table' } },
  'no hosts': { snapshot: bare([]) },
  loading: { answers: { 'inventory.get': () => new Promise(() => undefined) } },
  'a host offline': { snapshot: offline(unreachable) },
  'a host without anything': { snapshot: bare(snapshot.engines.slice(0, 1)) },
  'a hundred containers': { snapshot: many, preferences: { view: 'table' } },
  'read-only': { readOnly: true },
  'a network without a host': { snapshot: bare([]), dialog: { kind: 'new-network' } },
  'a change that was cut off': { answers: { 'change.list': () => ok([cutOff]) } },
  'a file that is not written': {
    answers: {
      'storage.status': () =>
        ok({
          problems: [problem('storage_failed', { context: 'waiting', file: 'plan.yaml', detail: 'ENOSPC' })],
        }),
    },
  },
  'guarded containers': { answers: guarded },
  'of a guarded container': { ...select({ kind: 'container', engineId, id: 'proxy-id' }), answers: guarded },
  'of a host': select({ kind: 'engine', engineId }),
  'of a network': select({ kind: 'network', engineId, id: 'iot-id' }),
  'of a container': select({ kind: 'container', engineId, id: 'proxy-id' }),
  'of an attachment': select({ kind: 'attachment', engineId, containerId: 'proxy-id', networkId: 'lan-id' }),
  'of an interface': select({ kind: 'nic', engineId, name: 'eth0.20' }),
};

const prefixed = (prefix: string, scenes: Readonly<Record<string, Scene>>) =>
  Object.entries(scenes).map(([name, scene]): [string, Scene] => [`${prefix}: ${name}`, scene]);

/** All that the gallery shows, by name. */
export const scenes: ReadonlyMap<string, Scene> = new Map([
  ...prefixed('window', views),
  ...prefixed('dialog', dialogs),
]);
