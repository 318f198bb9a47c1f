import type {
  CommandArgs,
  CommandName,
  CommandOutput,
  PushData,
  PushName,
  TrunklineApi,
} from '../../../shared/contract';
import {
  defaultPreferences,
  fail,
  ok,
  type ChangePreview,
  type ChangeRecord,
  type EngineConfigList,
  type Result,
  type Snapshot,
} from '../../../shared/model';
import { addressPlan, planChange } from '../../../shared/rules';
import { fakeEngines } from './fake-engines';

type Handlers = {
  [N in CommandName]?: (
    input: CommandArgs<N>,
  ) => Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>;
};

/** The contract without a main process, for tests: previews by the real rules, applies nothing. */
export interface FakeApi extends TrunklineApi {
  calls: { name: CommandName; input: unknown }[];
  push<N extends PushName>(name: N, data: PushData<N>): void;
}

const recordOf = (preview: ChangePreview): ChangeRecord => ({
  id: preview.id,
  at: Date.UTC(2026, 0, 1),
  who: 'ada',
  request: preview.request,
  engineId: preview.engineId,
  engineName: preview.engineName,
  steps: preview.steps,
  state: 'applied',
  undoable: true,
  ...('ipv4' in preview.request && preview.request.ipv4 ? { ipv4: preview.request.ipv4 } : {}),
});

function previewer(snapshot: Snapshot) {
  const previews = new Map<string, ChangePreview>();
  return {
    preview: ({ request }: CommandArgs<'change.preview'>) => {
      const id = `preview-${previews.size + 1}`;
      const engineName = snapshot.engines.find((each) => each.id === request.engineId)?.name ?? '';
      const preview = {
        id,
        request,
        engineId: request.engineId,
        engineName,
        ...planChange(request, snapshot),
      };
      previews.set(id, preview);
      return ok(preview);
    },
    record: (id: string): Result<ChangeRecord> => {
      const preview = previews.get(id);
      return preview ? ok(recordOf(preview)) : fail({ code: 'change_not_found', message: 'unknown' });
    },
  };
}

export function createFakeApi(
  snapshot: Snapshot,
  overrides: Handlers = {},
  engines?: EngineConfigList,
): FakeApi {
  const calls: FakeApi['calls'] = [];
  const listeners = new Map<PushName, Set<(data: never) => void>>();
  const changes = previewer(snapshot);
  const push: FakeApi['push'] = (name, data) => {
    for (const listener of listeners.get(name) ?? []) listener(data as never);
  };
  const handlers: Handlers = {
    'app.info': () =>
      ok({ version: '0', transport: 'web', demo: false, readOnly: false, locale: 'en', platform: 'linux' }),
    ...fakeEngines(snapshot, (list) => push('engines.configured', list), engines),
    'inventory.get': () => ok(snapshot),
    'inventory.raw': () => ok({ Name: 'raw' }),
    'address.plan': ({ engineId, networkId }) => {
      const network = snapshot.networks.find((each) => each.id === networkId && each.engineId === engineId);
      return network
        ? ok(addressPlan(network, snapshot))
        : fail({ code: 'network_not_found', message: 'gone' });
    },
    'change.preview': changes.preview,
    'change.apply': ({ id }) => changes.record(id),
    'change.undo': ({ id }) => {
      const result = changes.record(id);
      return result.ok ? ok({ ...result.value, state: 'undone', undoable: false }) : result;
    },
    'change.list': () => ok([]),
    'storage.status': () => ok({ problems: [] }),
    'segments.list': () => ok({ segments: [], candidates: [] }),
    'segments.history': () => ok([]),
    'toolbox.describe': () =>
      ok({ version: '1', settings: { method: 'load', image: '' }, tasks: [], size: null, engines: [] }),
    'shims.list': () => ok([]),
    'traffic.index': () => ok({ version: 1, series: [] }),
    'traffic.history': () => ok({ at: [], rxBits: [], txBits: [], rxPeak: [], txPeak: [] }),
    'preferences.get': () => ok(defaultPreferences),
    'preferences.set': (patch) => ok({ ...defaultPreferences, ...patch }),
    ...overrides,
  };
  return {
    calls,
    async invoke(name, input) {
      calls.push({ name, input });
      const handler = handlers[name] as
        ((input: unknown) => Result<never> | Promise<Result<never>>) | undefined;
      return handler ? handler(input) : ok({} as never);
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (data: never) => void));
      return () => set.delete(listener as (data: never) => void);
    },
    onConnection(listener) {
      listener('open');
      return () => {};
    },
    push,
  };
}
