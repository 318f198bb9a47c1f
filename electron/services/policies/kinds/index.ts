import type { PolicyName } from '../../../../shared/model';
import type { KeptKind, PolicyTools } from '../kept-kind';
import { shimPolicies, shimTools } from './shim';

/** Every kind of policy that the console keeps. */
export const policyKinds: Readonly<
  Record<PolicyName, (tools: PolicyTools) => KeptKind<PolicyName, unknown, string>>
> = {
  shim: (tools) => shimPolicies(shimTools(tools)),
};
