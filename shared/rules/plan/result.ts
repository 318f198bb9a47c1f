import type { ChangePreview, Problem } from '../../model';

/** What a change would do. With problems it has no steps: nothing of it is to be sent. */
export type Plan = Pick<ChangePreview, 'steps' | 'notices' | 'problems' | 'suggestedIpv4' | 'suggestedIpv6'>;

export const refuse = (...problems: Problem[]): Plan => ({ steps: [], notices: [], problems });
