import type { CommandArgs, CommandName, CommandOutput, PushData } from '../../shared/contract';
import { fail, ok, type EngineConfigList, type Result, type Snapshot } from '../../shared/model';

type Entry = EngineConfigList['engines'][number];
type Answers = {
  [N in Extract<CommandName, `engines.${string}`>]?: (input: CommandArgs<N>) => Result<CommandOutput<N>>;
};

export const configOf = (id: string, patch: Partial<Entry> = {}): Entry => ({
  id,
  connection: { kind: 'socket', path: `/run/${id}.sock` },
  source: 'settings',
  ...patch,
});

export const configList = (engines: Entry[], patch: Partial<EngineConfigList> = {}): EngineConfigList => ({
  engines,
  file: '/home/ada/.config/trunkline/engines.yaml',
  keychain: false,
  passphrases: [],
  ...patch,
});

/** Settings that are kept in memory: adds, edits, arranges and removes as the main process does. */
export function fakeEngines(
  snapshot: Snapshot,
  push: (list: PushData<'engines.configured'>) => void,
  given?: EngineConfigList,
): Answers {
  let list = given ?? configList(snapshot.engines.map(({ id }) => configOf(id, { source: 'argument' })));
  const set = (engines: Entry[]) => {
    list = { ...list, engines };
    push(list);
    return ok({});
  };
  const gone = fail({ code: 'engine_unknown', message: 'unknown' });
  return {
    'engines.list': () => ok(snapshot.engines),
    'engines.configs': () => ok(list),
    'engines.candidates': () => ok([]),
    'engines.add': (entry) => {
      const id = `added-${list.engines.length + 1}`;
      set([...list.engines, { ...entry, id, source: 'settings' }]);
      return ok({ engineId: id });
    },
    'engines.edit': (entry) =>
      list.engines.some((each) => each.id === entry.id)
        ? set(list.engines.map((each) => (each.id === entry.id ? { ...entry, source: 'settings' } : each)))
        : gone,
    'engines.remove': ({ engineId }) => set(list.engines.filter((each) => each.id !== engineId)),
    'engines.forget': ({ file }) => {
      list = { ...list, passphrases: list.passphrases.filter((each) => each.file !== file) };
      push(list);
      return ok({});
    },
    'engines.arrange': ({ order }) =>
      set([...list.engines].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))),
  };
}
