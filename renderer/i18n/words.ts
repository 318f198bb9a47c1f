import type common from './locales/en/common';
import type errors from './locales/en/errors';
import type hints from './locales/en/hints';
import type reasons from './locales/en/reasons';

/** The words of each namespace, as English has them. A feature of the window adds its own in its `feature.ts`. */
export interface Words {
  common: typeof common;
  errors: typeof errors;
  hints: typeof hints;
  reasons: typeof reasons;
}

/** Those that belong to no feature. */
export type OwnNamespace = 'common' | 'errors' | 'hints' | 'reasons';
