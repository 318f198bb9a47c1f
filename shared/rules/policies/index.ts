export type { Policy, PolicyRules } from './kind';
export * from './shim';
export { sameShim, shimRules } from './shim-rules';
