import type { ChangeRecord, HostResult } from '../../../shared/model';

/** Changes that stand, whole or in part. */
export const standing: readonly ChangeRecord['state'][] = ['applied', 'partial', 'kept'];
/** Hosts on which nothing of a change was done, or nothing is left of it. */
export const untouched: readonly HostResult['state'][] = ['failed', 'rolled-back'];
