import type { ChangePreview, ChangeRequest, HostPlan, Problem, Step } from '../../shared/model';
import { stepLine, visible } from '../../shared/rules';

/** What is to be, behind the words of the step that makes it: a window shows that in its form. */
const subnetsOf = (step: Step): string =>
  step.op === 'create-network'
    ? ` (${[step.spec.subnet, step.spec.subnet6].filter(Boolean).join(', ')})`
    : '';

/** What is asked for, without its parts. */
export function requestLine(request: ChangeRequest): string {
  switch (request.kind) {
    case 'create-segment':
      return 'make it';
    case 'adopt-segment':
      return 'take it into the plan as the engines have it';
    case 'edit-segment':
      return request.reconcile ? 'bring the hosts back to the plan' : 'change it';
    case 'add-segment-host':
      return 'add a host';
    case 'remove-segment-host':
      return 'take a host away';
    case 'restore':
      return 'give the container what is kept for it';
    case 'restore-several':
      return 'give the containers what is kept for them';
    default:
      return request.kind.replaceAll('-', ' ');
  }
}

const sentence = ({ message, hint }: Pick<Problem, 'message'> & { hint?: string | undefined }): string =>
  visible([message, hint].filter(Boolean).join(' '));

export const problemLine = (problem: Problem): string => `    ✗ ${sentence(problem)}`;

const hostLines = ({ engineName, steps, notices }: HostPlan): string[] => [
  ...steps.map((step) => `    ${visible(`${engineName}: ${stepLine(step)}${subnetsOf(step)}`)}`),
  ...notices.map((notice) => `    ! ${visible(`${engineName}: ${sentence(notice)}`)}`),
];

/** What a change would do, line by line. */
export const previewLines = ({ request, hosts, notices = [], problems }: ChangePreview): string[] => [
  `  ${requestLine(request)}`,
  ...hosts.flatMap(hostLines),
  ...notices.map((notice) => `    ! ${sentence(notice)}`),
  ...problems.map(problemLine),
];
