import { policyKindOf, putBy, puts, stepFor, type HostStep, type PolicyKindName } from '../../model';
import type { Policy, PolicyRules } from './kind';
import { shimRules } from './shim-rules';

export type { Policy, PolicyPlan, PolicyRules } from './kind';
export * from './dhcp';
export { dhcpRules, sameLeaseHelper } from './dhcp-rules';
export * from './shim';
export { sameShim, shimRules } from './shim-rules';
export * from './unkept-shim';

/** The rules of every kind, of which changes need what follows a network that was made anew. */
const rules: Readonly<Record<PolicyKindName, Pick<PolicyRules<Policy, unknown, string>, 'renamed'>>> = {
  shim: shimRules,
  dhcp: {},
};

/** The same step for a network that was made anew and has another id. */
export function onNetwork(step: HostStep, networkId: string): HostStep {
  const put = putBy(step);
  const renamed = rules[policyKindOf(step)].renamed?.(put, networkId) ?? put;
  const renewed = stepFor(step, puts(step) ? 'put' : 'remove', renamed);
  return { ...renewed, networkId };
}
