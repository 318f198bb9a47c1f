export type { Policy, PolicyRules } from './kind';
export * from './shim';
export * from './shim-link';
export { sameShim, shimRules } from './shim-rules';
