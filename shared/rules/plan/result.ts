import type { ChangePreview, HostPlan, Problem } from '../../model';

/** What a change of one engine would do. With problems it has no steps: nothing of it is to be sent. */
export type Plan = Pick<HostPlan, 'steps' | 'notices' | 'problems'> &
  Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;

export const refuse = (...problems: Problem[]): Plan => ({ steps: [], notices: [], problems });
