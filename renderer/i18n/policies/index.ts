import type { PolicyKindName } from '../../../shared/model';
import { dhcpWords } from './dhcp';
import { shimWords } from './shim';
import type { PolicyWords } from './words';

/** What changes of policies say, by kind. */
const policyWords = { shim: shimWords, dhcp: dhcpWords } as const satisfies Record<
  PolicyKindName,
  PolicyWords
>;

type Words<L extends keyof PolicyWords> = { [K in PolicyKindName]: (typeof policyWords)[K][L] };

export const policyWordsIn = <L extends keyof PolicyWords>(language: L): Words<L> =>
  Object.fromEntries(Object.entries(policyWords).map(([kind, words]) => [kind, words[language]])) as Words<L>;
