import type { PolicyKindName } from '../../../../shared/model';
import type { ConsolePolicyKind, PolicyTools } from '../console-kind';
import { dhcpPolicies } from './dhcp';
import { shimPolicies, shimTools } from './shim';

/** Every kind of policy that the console keeps. */
export const policyKinds: Readonly<
  Record<PolicyKindName, (tools: PolicyTools) => ConsolePolicyKind<PolicyKindName, unknown, string>>
> = {
  shim: (tools) => shimPolicies(shimTools(tools)),
  dhcp: dhcpPolicies,
};
