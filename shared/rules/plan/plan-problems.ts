import type { ChangePreview, Problem } from '../../model';

/** All that stands in the way of a change: of the whole, then of each host, with the host whose it is. */
export const planProblems = ({ hosts, problems }: Pick<ChangePreview, 'hosts' | 'problems'>): Problem[] => [
  ...problems,
  ...hosts.flatMap((host) =>
    host.problems.map((each) => ({ ...each, engineId: each.engineId ?? host.engineId })),
  ),
];
