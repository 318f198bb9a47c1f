import type {
  CommandArgs,
  CommandName,
  CommandOutput,
  PushData,
  PushName,
  TrunklineApi,
} from '../../shared/contract';
import {
  defaultPreferences,
  fail,
  isOfSegment,
  isOfPolicy,
  ok,
  type ChangePreview,
  type ChangeRecord,
  type ChangeRequest,
  type EngineConfigList,
  type Result,
  type ShimRequest,
  type Snapshot,
} from '../../shared/model';
import { addressPlan, hostName, planChange, planProblems, planShim } from '../../shared/rules';
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

const pinOf = (request: ChangeRequest) => ('ipv4' in request && request.ipv4 ? { ipv4: request.ipv4 } : {});

const recordOf = ({ id, request, hosts }: ChangePreview): ChangeRecord => ({
  id,
  at: Date.UTC(2026, 0, 1),
  who: 'ada',
  request,
  hosts: hosts.map(({ engineId, engineName, steps }) => ({
    ...{ engineId, engineName, steps, state: 'done', ...pinOf(request) },
  })),
  state: 'applied',
  undoable: true,
});

/** The preview of what a plan comes to. */
export const previewAs = (
  id: string,
  request: ChangeRequest,
  plan: Omit<ChangePreview, 'id' | 'request'>,
): ChangePreview => ({ id, request, ...plan, problems: planProblems(plan) });

/** The preview of a change of one host; one of a segment has no hosts here. */
export function previewOf(id: string, request: ChangeRequest, snapshot: Snapshot): ChangePreview {
  if (isOfSegment(request)) return { id, request, segment: null, hosts: [], problems: [] };
  const planned = isOfPolicy(request)
    ? planShim(request as ShimRequest, snapshot, 0)
    : planChange(request, snapshot);
  const { engineId } = request;
  const engineName = hostName(engineId, snapshot.engines);
  const { steps, notices, problems, suggestedIpv4, suggestedIpv6 } = planned;
  const hosts = [{ engineId, engineName, steps, notices, problems }];
  const suggested = {
    ...(suggestedIpv4 ? { suggestedIpv4 } : {}),
    ...(suggestedIpv6 ? { suggestedIpv6 } : {}),
  };
  return previewAs(id, request, { hosts, problems: [], ...suggested });
}

function previewer(snapshot: Snapshot) {
  const previews = new Map<string, ChangePreview>();
  return {
    preview: ({ request }: CommandArgs<'change.preview'>) => {
      const preview = previewOf(`preview-${String(previews.size + 1)}`, request as ChangeRequest, snapshot);
      previews.set(preview.id, preview);
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
    'toolbox.describe': () =>
      ok({ version: '1', settings: { method: 'load', image: '' }, tasks: [], size: null, engines: [] }),
    'policies.list': () => ok([]),
    'address.conflicts': () => ok([]),
    'guard.list': () => ok([]),
    'run.list': () => ok([]),
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
