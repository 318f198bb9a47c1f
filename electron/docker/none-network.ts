import { ProblemError, type Network } from '../../shared/model';

/** The engine words a connect *to* `none` like one *of* a container that is in none mode. */
export function onNoneNetwork(error: unknown, network: Network): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'none_mode' || network.name !== 'none')
    return error;
  return new ProblemError(
    {
      ...error.problem,
      code: 'none_network',
      message: 'The network "none" stands for having no network; nothing can be attached to it.',
      hint: 'Detach the container from its networks instead.',
    },
    { cause: error },
  );
}
