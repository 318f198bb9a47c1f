import { hostPlan, type Inventory, type Plan } from '../../../../shared/rules';
import type { Planned } from '../kind';

/** What a change of one host comes to: nothing is wrong with it as a whole that is not wrong there. */
export function onOneHost(engineId: string, plan: Plan, known: Inventory): Planned {
  const { steps: _steps, notices: _notices, problems: _problems, ...suggested } = plan;
  return { hosts: [hostPlan(engineId, plan, known)], problems: [], ...suggested };
}
