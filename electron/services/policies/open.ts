import { join } from 'node:path';
import type { Storage } from '../storage';
import { PoliciesFile } from './policies-file';
import { ShimPolicies, type ShimContext } from './shim-policies';

/** Policies as the console uses them. */
export interface PolicyService {
  shims: ShimPolicies;
  /** Resolves when nothing is under way and everything is on disk. */
  dispose(): Promise<void>;
}

/** Opens `policies.json` in the user-data folder. */
export async function openPolicies(
  context: Omit<ShimContext, 'file'> & { storage: Storage },
  userDataDir: string,
): Promise<PolicyService> {
  const file = await PoliciesFile.open(join(userDataDir, 'policies.json'), context.storage);
  const shims = new ShimPolicies({ ...context, file });
  return {
    shims,
    async dispose() {
      await shims.dispose();
      await file.flush();
    },
  };
}
