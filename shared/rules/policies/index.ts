export type { Policy, PolicyPlan, PolicyRules } from './kind';
export { onNetwork } from './list';
export * from './shim';
export * from './unkept-shim';
export { sameShim, shimRules } from './shim-rules';
