import type { Reason } from '../../../shared/model';
import { reasonText } from '../../../shared/rules';

/** Why a text can't be used, and where in its data that lies. It never crosses a transport. */
export class ReasonError extends Error {
  constructor(
    readonly reason: Reason,
    /** Keys and indexes from the root of the data. */
    readonly path: readonly PropertyKey[] = [],
    options?: ErrorOptions,
  ) {
    super(reasonText(reason), options);
    this.name = 'ReasonError';
  }
}
