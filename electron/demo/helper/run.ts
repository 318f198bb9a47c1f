import type { DemoEngine } from '../engine/engine';
import { die } from '../engine/lifecycle';
import type { DemoContainer } from '../engine/model';
import { answers } from './answers';
import { failed, type HelperOutput } from './output';

/** The label of the console's helper containers; its value is the task. */
const LABEL = 'io.trunkline.helper';

/** On those that go on until they are removed. */
const KEPT_LABEL = 'io.trunkline.helper.kept';

export const goesOn = (container: DemoContainer): boolean => KEPT_LABEL in container.labels;

function outputOf(engine: DemoEngine, container: DemoContainer): HelperOutput {
  const answer = answers[container.labels[LABEL] ?? ''];
  // sh -c SCRIPT TASK ARGUMENTS…
  const call = { network: container.networkMode, args: container.command.slice(4) };
  return answer ? answer(engine, call) : failed('the demo engine does not know this task');
}

const outputs = new WeakMap<DemoContainer, HelperOutput>();

/** What a container has written; nothing for all but helpers. */
export const writtenBy = (container: DemoContainer): HelperOutput =>
  outputs.get(container) ?? { stdout: '', stderr: '', exitCode: container.exitCode };

/** Runs a helper that has just been started to its end, which is at once. Other containers go on. */
export function runIfHelper(engine: DemoEngine, container: DemoContainer): void {
  if (!(LABEL in container.labels) || goesOn(container)) return;
  const output = outputOf(engine, container);
  outputs.set(container, output);
  die(engine, container, output.exitCode);
}
