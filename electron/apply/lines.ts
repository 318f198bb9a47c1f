import type { ChangePreview, ChangeRequest, HostPlan, Problem, Step } from '../../shared/model';
import { visible } from '../../shared/rules';

const addressed = (ipv4?: string, ipv6?: string): string => {
  const both = [ipv4, ipv6].filter(Boolean).join(' and ');
  return both ? ` with ${both}` : '';
};

const subnetsOf = ({ spec }: Extract<Step, { op: 'create-network' }>): string =>
  [spec.subnet, spec.subnet6].filter(Boolean).join(', ');

/** One step, as a line of a terminal has it. */
export function stepLine(step: Step): string {
  switch (step.op) {
    case 'connect':
      return `attach ${step.containerName} to ${step.networkName}${addressed(step.endpoint.ipv4, step.endpoint.ipv6)}`;
    case 'disconnect':
      return `detach ${step.containerName} from ${step.networkName}`;
    case 'create-network':
      return `make the network ${step.networkName} on ${step.spec.parent ?? 'no parent'} (${subnetsOf(step)})`;
    case 'restore-network':
      return `make the network ${step.networkName} again`;
    case 'remove-network':
      return `remove the network ${step.networkName}`;
    case 'stop':
    case 'start':
      return `${step.op} ${step.containerName}`;
    case 'put-shim':
      return `put the shim ${step.shim.address} for ${step.networkName}`;
    case 'remove-shim':
      return `remove the shim ${step.shim.address} of ${step.networkName}`;
    case 'put-dhcp':
      return `lease the address of ${step.dhcp.hostName} on ${step.networkName}`;
    case 'remove-dhcp':
      return `end the lease of ${step.dhcp.hostName} on ${step.networkName}`;
  }
}

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
  ...steps.map((step) => `    ${visible(`${engineName}: ${stepLine(step)}`)}`),
  ...notices.map((notice) => `    ! ${visible(`${engineName}: ${sentence(notice)}`)}`),
];

/** What a change would do, line by line. */
export const previewLines = ({ request, hosts, notices = [], problems }: ChangePreview): string[] => [
  `  ${requestLine(request)}`,
  ...hosts.flatMap(hostLines),
  ...notices.map((notice) => `    ! ${sentence(notice)}`),
  ...problems.map(problemLine),
];
