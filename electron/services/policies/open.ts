import type { ChangeRecord, Delta } from '../../../shared/model';
import { ShimPolicies, type ShimContext } from './kinds/shim';

/** Policies of all kinds as the console uses them. */
export interface PolicyService {
  shims: ShimPolicies;
  onDelta(delta: Delta): void;
  /** The engine's part of the inventory is whole again. */
  onOnline(engineId: string): void;
  /** The toolbox was allowed or refused there. */
  onConsent(engineId: string): void;
  /** A change ended, or was cut off. */
  onRecord(record: ChangeRecord): void;
  /** The engine is off the list for good. */
  forget(engineId: string): Promise<void>;
  /** Resolves when nothing is under way. */
  dispose(): Promise<void>;
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
