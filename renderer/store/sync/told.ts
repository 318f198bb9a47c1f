import type { CommandInput, CommandName, CommandOutput, TrunklineApi } from '../../../shared/contract';
import type { PushData, PushName } from '../../../shared/contract';
import type { Problem, Run } from '../../../shared/model';
import { guardKey } from '../../../shared/rules';
import { withPolicies } from '../host';
import type { Stores } from '../index';
import { kept } from '../kept';
import { Latest, OnTop } from '../latest';
import { withRun } from '../runs';
import type { Part } from './part';

/** What a command answers to nothing, and a push tells whole: the last word counts, whichever way it came. */
function keepWhole<N extends CommandName, P extends PushName>(
  api: TrunklineApi,
  [command, push]: readonly [N, P],
  take: (value: CommandOutput<N> | PushData<P>) => void,
  failed: (problem: Problem) => void = () => undefined,
): Part {
  const latest = new Latest();
  const unheard = api.on(push, (value) => {
    latest.told();
    take(value);
  });
  return {
    load: () =>
      latest.ask(
        () => api.invoke(command, {} as CommandInput<N>),
        (result) => (result.ok ? take(result.value) : failed(result.error)),
      ),
    end: () => {
      unheard();
      latest.told();
    },
  };
}

/** What is told one by one, newest state of each. */
function keepRuns(api: TrunklineApi, { runs }: Pick<Stores, 'runs'>): Part {
  const list = new OnTop<Run>();
  const unheard = api.on('run.changed', (run) => {
    list.tell(run);
    runs.setState((state) => withRun(state, run));
  });
  return {
    load: () =>
      list.ask(
        () => api.invoke('run.list', {}),
        (result, early) => {
          if (result.ok) runs.setState(early.reduce(withRun, { runs: result.value }));
        },
      ),
    end: () => {
      unheard();
      list.end();
    },
  };
}

/** Everything else that the main process tells. */
export function keepTold(api: TrunklineApi, stores: Stores): Part[] {
  const { traffic, preferences, ui, engines, guards, host } = stores;
  return [
    keepWhole(api, ['traffic.index', 'traffic.index'], (index) => traffic.setIndex(index)),
    keepWhole(api, ['preferences.get', 'preferences.changed'], (all) => preferences.setState(all, true)),
    keepWhole(api, ['storage.status', 'storage.changed'], ({ problems }) =>
      ui.setState({ storage: problems }),
    ),
    keepWhole(
      api,
      ['engines.configs', 'engines.configured'],
      (list) => engines.setState({ list, problem: null }),
      (problem) => engines.setState({ problem }),
    ),
    keepWhole(api, ['guard.list', 'guards.changed'], (all) =>
      guards.setState((now) => ({ guards: kept(now.guards, all, guardKey) })),
    ),
    keepWhole(api, ['policies.list', 'policies.changed'], (all) =>
      host.setState((now) => withPolicies(now, all)),
    ),
    keepWhole(api, ['address.conflicts', 'addresses.conflicts'], (conflicts) => host.setState({ conflicts })),
    keepRuns(api, stores),
  ];
}
