import { policyKindOf, putBy, puts, type HostStep, type PolicyKindName, type Step } from '../../model';
import { hostStepTexts, stepTexts } from '../../texts/steps';
import { fillText } from '../../texts/text';
import { addressText } from '../basics/address-text';

type Values = Record<string, string | number>;

/** Which text says a step, in whatever language, and what it speaks of. */
export type StepWords =
  | { of: 'engine'; key: keyof typeof stepTexts; values: Values }
  | { of: 'host'; kind: PolicyKindName; does: 'put' | 'remove'; bare: boolean; values: Values };

/** Those of the values that a sentence can name. */
const named = (values: object): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  ) as Values;

const onHost = (step: HostStep): StepWords => ({
  of: 'host',
  kind: policyKindOf(step),
  does: puts(step) ? 'put' : 'remove',
  bare: 'shim' in step && !step.shim.address,
  values: {
    network: step.networkName,
    container: 'containerName' in step ? step.containerName : '',
    ...named(putBy(step) as object),
  },
});

/** What a step says that it does. */
export function stepWords(step: Step): StepWords {
  const about = (key: keyof typeof stepTexts, values: Values): StepWords => ({ of: 'engine', key, values });
  switch (step.op) {
    case 'connect': {
      const values = { container: step.containerName, network: step.networkName };
      const address = addressText(step.endpoint);
      return address ? about('connectAt', { ...values, address }) : about('connect', values);
    }
    case 'disconnect':
      return about(step.leftover ? 'clear' : 'disconnect', {
        container: step.containerName,
        network: step.networkName,
      });
    case 'stop':
    case 'start':
      return about(step.op, { container: step.containerName });
    case 'create-network':
      return about('createNetwork', { network: step.networkName, parent: step.spec.parent });
    case 'restore-network':
      return about('restoreNetwork', { network: step.networkName });
    case 'remove-network':
      return about('removeNetwork', { network: step.networkName });
    default:
      return onHost(step);
  }
}

/** A step in English. */
export function stepLine(step: Step): string {
  const words = stepWords(step);
  if (words.of === 'engine') return fillText(stepTexts[words.key], words.values);
  const texts: { put: string; remove: string; remove_bare?: string } = hostStepTexts[words.kind];
  const text = words.does === 'remove' && words.bare ? texts.remove_bare : undefined;
  return fillText(text ?? texts[words.does], words.values);
}
