import type { DemoEngine } from '../engine/engine';
import { hashText } from '../engine/random';
import { die } from '../engine/lifecycle';
import type { DemoContainer } from '../engine/model';
import { factsOutput, linksOf } from './links';
import { probeOutput } from './probe';
import { shimsOf, type DemoShim } from './state';

/** The label of the console's helper containers; its value is the task. */
const LABEL = 'io.trunkline.helper';

export interface HelperOutput {
  stdout: string;
  stderr: string;
  exitCode: number;
}

const done = (stdout = ''): HelperOutput => ({ stdout, stderr: '', exitCode: 0 });
const failed = (stderr: string): HelperOutput => ({ stdout: '', stderr: `${stderr}\n`, exitCode: 1 });

/** One LXC container beside Docker on every third host. */
function namespacesOutput(engine: DemoEngine): string {
  const lxc =
    hashText(engine.host.name) % 3 === 0 ? ['4026532999\t912\tsystemd\t0::/lxc.payload.dns\t912 940'] : [];
  return [
    '@@ own',
    'net:[4026531000]',
    '@@ host',
    'net:[4026531840]',
    '@@ names',
    '@@ processes',
    ...lxc,
    '',
  ].join('\n');
}

const shimText = ([name, { parent, address, routes }]: [string, DemoShim]): string =>
  `@@ ${name}\n9: ${name}@${parent}: <UP>\n9: ${name}    inet ${address}/32 scope global ${name}\n` +
  routes.map((route) => `${route.replace(/\/32$/, '')} scope link src ${address} \n`).join('');

function shimTask(engine: DemoEngine, args: string[]): HelperOutput {
  const shims = shimsOf(engine);
  const [name, parent, address, ...routes] = args;
  if (name === undefined) return done([...shims].map(shimText).join('\n'));
  if (parent === undefined || address === undefined) {
    shims.delete(name);
    return done();
  }
  if (!linksOf(engine).some((link) => link.name === parent)) return failed(`Cannot find device "${parent}"`);
  const shim = { parent, address, routes };
  shims.set(name, shim);
  return done(shimText([name, shim]));
}

function outputOf(engine: DemoEngine, container: DemoContainer): HelperOutput {
  // sh -c SCRIPT TASK ARGUMENTS…
  const args = container.command.slice(4);
  switch (container.labels[LABEL]) {
    case 'facts':
      return done(factsOutput(engine));
    case 'namespaces':
      return done(namespacesOutput(engine));
    case 'probe':
      return done(probeOutput(engine, container.networkMode, args));
    case 'shim':
      return shimTask(engine, args);
    default:
      return failed('the demo engine does not know this task');
  }
}

const outputs = new WeakMap<DemoContainer, HelperOutput>();

/** What a container has written; nothing for all but helpers. */
export const writtenBy = (container: DemoContainer): HelperOutput =>
  outputs.get(container) ?? { stdout: '', stderr: '', exitCode: container.exitCode };

/** Runs a helper that has just been started to its end, which is at once. Other containers go on. */
export function runIfHelper(engine: DemoEngine, container: DemoContainer): void {
  if (!(LABEL in container.labels)) return;
  const output = outputOf(engine, container);
  outputs.set(container, output);
  die(engine, container, output.exitCode);
}
