export type { Policy, PolicyRules } from './kind';
export * from './shim';
export * from './unkept-shim';
export { sameShim, shimRules } from './shim-rules';
