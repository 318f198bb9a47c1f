import type { ChangePreview, HostPlan, Problem } from '../../model';
import { hostName } from '../engines/engines';
import type { Inventory } from '../inventory/inventory';

/** What a change of one engine would do. With problems it has no steps: nothing of it is to be sent. */
export type Plan = Pick<HostPlan, 'steps' | 'notices' | 'problems'> &
  Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;

export const refuse = (...problems: Problem[]): Plan => ({ steps: [], notices: [], problems });

/** What of a plan is its host's own. */
export const hostPlan = (
  engineId: string,
  { steps, notices, problems }: Plan,
  { engines }: Pick<Inventory, 'engines'>,
): HostPlan => ({ engineId, engineName: hostName(engineId, engines), steps, notices, problems });
