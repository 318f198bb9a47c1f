import type { Notice, Problem } from '../../../shared/model';
import { parseParent, plainAddress } from '../../../shared/rules';

/** The field of a form that a problem is about: `spec.exclusions.0` and `request.spec.exclusions` are `exclusions`. */
export const fieldOf = (problem: Problem): string | null =>
  problem.field?.replace(/^(request\.)?(spec\.)?/, '').split('.')[0] || null;

/** The first problem of a field. */
export const problemAt = (problems: readonly Problem[], field: string): Problem | undefined =>
  problems.find((problem) => fieldOf(problem) === field);

/** Problems that no field of the form shows. */
export const otherProblems = (problems: readonly Problem[], fields: readonly string[]): Problem[] =>
  problems.filter((problem) => !fields.includes(fieldOf(problem) ?? ''));

/** Whether a notice speaks against the very address that is written in a field, and so stands beside it. */
export const isAtAddress = ({ code }: Notice): boolean => code === 'address_answers';

/** Those about an address as it is written. */
export const noticesAt = (notices: readonly Notice[], address: string): Notice[] =>
  notices.filter((each) => isAtAddress(each) && each.params.address === plainAddress(address.trim()));

/** Whether a stop in the same change is what helps: the container restarts again and again. */
export const canStopFirst = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.code === 'container_restarting');

const nicOf = (parent: unknown): string | undefined => {
  const parsed = parseParent(String(parent));
  return parsed.ok ? parsed.nic : undefined;
};

/** Whether an engine refused for want of an interface: whatever else is tried on it there, that answer stands. */
export const tellsOfNic = ({ code, params }: Problem): boolean =>
  code === 'parent_missing' && params?.parent !== undefined;

const answers = (answer: Problem, { code, params }: Notice): boolean =>
  code === 'parent_unchecked' &&
  answer.params?.host === params.host &&
  nicOf(answer.params?.parent) === nicOf(params.parent);

/** Whether an engine has told since what a notice leaves open. A VLAN of an interface is on that interface. */
export const isAnswered = (notice: Notice, answered: readonly Problem[]): boolean =>
  answered.some((answer) => answers(answer, notice));

/** What engines have told of what these notices leave open, the newest word of each. */
export const answersTo = (notices: readonly Notice[], answered: readonly Problem[]): Problem[] =>
  notices.flatMap((notice) => answered.findLast((answer) => answers(answer, notice)) ?? []);
