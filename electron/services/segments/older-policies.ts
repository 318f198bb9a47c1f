import { dirname, join } from 'node:path';
import { z } from 'zod';
import { shimPolicySchema, type ShimPolicy } from '../../../shared/model';
import { retire } from '../storage/older-file';
import type { Storage } from '../storage/storage';
import { openUserFile } from '../storage/user-file';

/** A file of a later version is not ours to rewrite and counts as unreadable. */
const policiesSchema = z.object({ version: z.literal(1), shims: z.array(shimPolicySchema).default([]) });

function besides(plan: string): string {
  const userDataDir = dirname(plan);
  return join(userDataDir, 'policies.json');
}

/**
 * What is in the `policies.json` beside the plan, in which earlier versions kept the policies of shims. Null where there is
 * none, or none that can be read: it is set aside then, and told of.
 */
export async function readOlderPolicies(plan: string, storage: Storage): Promise<ShimPolicy[] | null> {
  const { value } = await openUserFile<ShimPolicy[] | null>({
    file: besides(plan),
    parse: (text) => policiesSchema.parse(JSON.parse(text)).shims,
    empty: null,
    storage,
  });
  return value;
}

/** Its policies are in the plan: it stays beside it as it was. */
export const retireOlderPolicies = (plan: string, storage: Storage): Promise<void> =>
  retire(besides(plan), storage);
