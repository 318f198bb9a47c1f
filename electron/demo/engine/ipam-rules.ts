import { badRequest } from './errors';
import { contains, formatPrefix, masked, overlaps, parseAddress, parsePrefix, type Prefix } from './ip';
import type { IpamConfigEntry } from './model';

function rangeProblems(text: string, subnet: Prefix): string[] {
  const range = parsePrefix(text);
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`];
  if (range.family !== subnet.family) {
    return [`invalid ip-range ${text}: parent subnet is an IPv${subnet.family} block`];
  }
  const problems: string[] = [];
  if (range.bits < subnet.bits) {
    problems.push(
      `invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${formatPrefix(subnet)}`,
    );
  }
  if (range.value !== masked(range).value) {
    problems.push(`invalid ip-range ${text}: it should be ${formatPrefix(masked(range))}`);
  }
  if (!overlaps(range, subnet)) {
    problems.push(`invalid ip-range ${text}: parent subnet ${formatPrefix(subnet)} doesn't contain ip-range`);
  }
  return problems;
}

function addressProblem(text: string, subnet: Prefix): string | null {
  const address = parseAddress(text);
  if (!address) return 'invalid address';
  if (address.family !== subnet.family) return `parent subnet is an IPv${subnet.family} block`;
  if (!contains(subnet, address)) return `parent subnet ${formatPrefix(subnet)} doesn't contain this address`;
  return null;
}

function entryProblems(entry: IpamConfigEntry, ipv6: boolean): string[] {
  const subnet = parsePrefix(entry.Subnet ?? '');
  if (!subnet) return [`invalid subnet ${entry.Subnet ?? ''}: invalid CIDR block notation`];
  if (subnet.family === 6 && !ipv6) return [];
  const problems: string[] = [];
  if (subnet.value !== masked(subnet).value) {
    problems.push(`invalid subnet ${formatPrefix(subnet)}: it should be ${formatPrefix(masked(subnet))}`);
  }
  if (entry.IPRange) problems.push(...rangeProblems(entry.IPRange, subnet));
  const gateway = entry.Gateway ? addressProblem(entry.Gateway, subnet) : null;
  if (gateway) problems.push(`invalid gateway ${entry.Gateway}: ${gateway}`);
  for (const [name, text] of Object.entries(entry.AuxiliaryAddresses ?? {})) {
    const problem = addressProblem(text, subnet);
    if (problem) problems.push(`invalid auxiliary address ${name}: ${problem}`);
  }
  return problems;
}

/** Several problems as the engine joins them. */
export const joined = (problems: string[]): string =>
  problems.length === 1 ? (problems[0] ?? '') : problems.map((problem) => `* ${problem}`).join('\n');

/**
 * The check that engines from v25 on make before anything else; earlier ones take host bits and a foreign range
 * without a word.
 * @throws EngineError 400 with all problems at once.
 */
export function validateIpam(config: IpamConfigEntry[], ipv6: boolean): void {
  const problems = config.flatMap((entry) => entryProblems(entry, ipv6));
  if (problems.length > 0) throw badRequest(`invalid network config:\n${joined(problems)}`);
}
