// Playwright ships the DevTools protocol's types but does not export them under a name of their own.
export type { Protocol } from '../../../node_modules/playwright-core/types/protocol';
