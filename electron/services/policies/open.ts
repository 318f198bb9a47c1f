import { join } from 'node:path';
import type { Delta } from '../../../shared/model';
import type { Storage } from '../storage';
import { ShimPolicies, type ShimContext } from './kinds/shim';
import { PoliciesFile } from './policies-file';

/** Policies of all kinds as the console uses them. */
export interface PolicyService {
  shims: ShimPolicies;
  onDelta(delta: Delta): void;
  /** The engine's part of the inventory is whole again. */
  onOnline(engineId: string): void;
  /** The toolbox was allowed or refused there. */
  onConsent(engineId: string): void;
  /** The engine is off the list for good. */
  forget(engineId: string): Promise<void>;
  /** Resolves when nothing is under way and everything is on disk. */
  dispose(): Promise<void>;
}

/** Opens `policies.json` in the user-data folder. */
export async function openPolicies(
  context: Omit<ShimContext, 'store'> & { storage: Storage },
  userDataDir: string,
): Promise<PolicyService> {
  const file = await PoliciesFile.open(join(userDataDir, 'policies.json'), context.storage);
  const shims = new ShimPolicies({ ...context, store: file.shims });
  const kinds = [shims];
  return {
    shims,
    onDelta: (delta) => kinds.forEach((each) => each.onDelta(delta)),
    onOnline: (engineId) => kinds.forEach((each) => each.onOnline(engineId)),
    onConsent: (engineId) => kinds.forEach((each) => each.onConsent(engineId)),
    async forget(engineId) {
      await Promise.all(kinds.map((each) => each.forget(engineId)));
    },
    async dispose() {
      await Promise.all(kinds.map((each) => each.dispose()));
      await file.flush();
    },
  };
}
