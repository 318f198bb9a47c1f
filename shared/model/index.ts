export * from './address';
export * from './app';
export * from './change';
export * from './change-request';
export * from './conflict';
export * from './container';
export * from './engine';
export * from './engine-config';
export * from './errors';
export * from './guard';
export * from './host';
export * from './identity';
export * from './inventory';
export * from './isolation';
export * from './network';
export * from './network-form';
export * from './network-spec';
export * from './picture';
export * from './policies';
export { policyStates } from './policies/kind';
export {
  keptLeaseHelper,
  leaseStates,
  type DhcpPolicy,
  type DhcpRequest,
  type DhcpState,
  type DhcpStatus,
  type Lease,
  type LeaseHelper,
} from './policies/dhcp';
export {
  shimPolicySchema,
  type ShimPolicy,
  type ShimRequest,
  type ShimState,
  type ShimStatus,
} from './policies/shim';
export * from './preferences';
export * from './run';
export * from './segment';
export * from './segment-request';
export { endpointRequestSchema, stepSchema, type EndpointRequest, type EngineStep, type Step } from './step';
export * from './toolbox';
export * from './traffic';
export * from './wanted-plan';
