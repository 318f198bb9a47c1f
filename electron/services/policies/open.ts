import type { ChangeRecord } from '../../../shared/model';
import type { Service } from '../service';
import { ShimPolicies, type ShimContext } from './kinds/shim';

/** Policies of all kinds as the console uses them. */
export interface PolicyService extends Required<
  Pick<Service, 'onDelta' | 'onOnline' | 'forget' | 'dispose'>
> {
  shims: ShimPolicies;
  /** The toolbox was allowed or refused there. */
  onConsent(engineId: string): void;
  /** A change ended, or was cut off. */
  onRecord(record: ChangeRecord): void;
}

/** What keeps policies; they themselves are in the plan. */
export function openPolicies(context: ShimContext): PolicyService {
  const shims = new ShimPolicies(context);
  const kinds = [shims];
  return {
    shims,
    onDelta: (delta) => kinds.forEach((each) => each.onDelta(delta)),
    onOnline: (engineId) => kinds.forEach((each) => each.onOnline(engineId)),
    onConsent: (engineId) => kinds.forEach((each) => each.onConsent(engineId)),
    onRecord: (record) => kinds.forEach((each) => each.onRecord(record)),
    async forget(engineId) {
      await Promise.all(kinds.map((each) => each.forget(engineId)));
    },
    async dispose() {
      await Promise.all(kinds.map((each) => each.dispose()));
    },
  };
}
