import { ProblemError, type Network } from '../../../shared/model';
import { problem } from '../../../shared/rules';

/** The engine words a connect *to* `none` like one *of* a container that is in none mode. */
export function onNoneNetwork(error: unknown, network: Network): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'none_mode' || network.name !== 'none')
    return error;
  const { params, engineId, engineText } = error.problem;
  const place = { ...(engineId && { engineId }), ...(engineText && { engineText }) };
  const told = problem('none_network', { context: 'unnamed' }, place);
  return new ProblemError({ ...told, params: { ...params, ...told.params } }, { cause: error });
}
