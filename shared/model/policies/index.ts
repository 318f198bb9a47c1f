import { z } from 'zod';
import { dhcpModel } from './dhcp';
import { shimModel } from './shim';

/**
 * Every kind of policy, in its own words: what is kept and how it stands, what an admin asks for, and what is done for that on
 * a host. By its kind's name `x` a request is `put-x` or `remove-x`, and so is a step, which has what is put under `x`, as a
 * status has what was put last. All else that goes by kinds derives from this list.
 */
export const policyModels = { shim: shimModel, dhcp: dhcpModel } as const;

export type PolicyKindName = keyof typeof policyModels;
type Model = (typeof policyModels)[PolicyKindName];

/** As the console keeps it: what an admin wants to be so on a host, and no engine can hold. */
export type PolicyOf<K extends PolicyKindName> = z.infer<(typeof policyModels)[K]['policy']>;
export type AnyPolicy = PolicyOf<PolicyKindName>;

const models: readonly Model[] = Object.values(policyModels);
/** A union has one at least. */
const options = <T>(all: readonly T[]) => all as readonly [T, ...T[]];

export const policyKindNames = Object.keys(policyModels) as PolicyKindName[];

export const policyRequestSchema = z.discriminatedUnion(
  'kind',
  options(models.flatMap(({ requests }): readonly Model['requests'][number][] => requests)),
);
export type PolicyRequest = z.infer<typeof policyRequestSchema>;

/** One thing that is done on the host itself, by the toolbox. */
export const hostStepSchema = z.discriminatedUnion(
  'op',
  options(models.flatMap(({ steps }): readonly Model['steps'][number][] => steps)),
);
export type HostStep = z.infer<typeof hostStepSchema>;

export const policyStatusSchema = z.discriminatedUnion('kind', options(models.map(({ status }) => status)));
export type PolicyStatus = z.infer<typeof policyStatusSchema>;

export const keptPolicySchema = z.discriminatedUnion('what', options(models.map(({ kept }) => kept)));
export type KeptPolicy = z.infer<typeof keptPolicySchema>;

const named = (word: string): PolicyKindName | undefined =>
  policyKindNames.find((name) => word === `put-${name}` || word === `remove-${name}`);

/** The kind of policy that a request is about, or a step on a host. */
export const policyKindOf = (about: PolicyRequest | HostStep): PolicyKindName =>
  named('kind' in about ? about.kind : about.op) as PolicyKindName;

/** Whether a request is about a policy. */
export const isOfPolicy = <R extends { kind: string }>(request: R): request is Extract<R, PolicyRequest> =>
  named(request.kind) !== undefined;

/** Whether a request or a step is to put something on a host, or to bring it up to date; else it removes it. */
export const puts = (about: PolicyRequest | HostStep): boolean =>
  ('kind' in about ? about.kind : about.op).startsWith('put-');

/** Whether a step is done on the host itself, and not by its engine. */
export const isHostStep = <S extends { op: string }>(step: S): step is Extract<S, HostStep> =>
  named(step.op) !== undefined;

interface About {
  networkName: string;
  containerName?: string;
}

/** What a policy is about on its host, by names, which stay when it is made anew: `lan10`, or `web@lan10`. */
export const policySubject = ({ networkName, containerName }: About): string =>
  containerName === undefined ? networkName : `${containerName}@${networkName}`;

/** What a step puts on its host, or has found there to remove. */
export const putBy = (step: HostStep): unknown => (step as Record<string, unknown>)[policyKindOf(step)];

/** The step that puts that there, or removes it. */
export const stepFor = (step: HostStep, does: 'put' | 'remove', it: unknown): HostStep => {
  const kind = policyKindOf(step);
  return { ...step, op: `${does}-${kind}`, [kind]: it } as HostStep;
};
