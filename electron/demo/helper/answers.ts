import type { DemoEngine } from '../engine/engine';
import { factsOutput } from './links';
import { namespacesOutput } from './namespaces';
import { done, type HelperOutput } from './output';
import { probeOutput } from './probe';
import { shimAnswer } from './shim';

/** A helper that has been started. */
export interface HelperCall {
  /** As HostConfig's NetworkMode. */
  network: string;
  /** What the task's script was given, from `$1` on. */
  args: string[];
}

/** What each task of the toolbox would have written on a simulated host. */
export const answers: Readonly<Record<string, (engine: DemoEngine, call: HelperCall) => HelperOutput>> = {
  announce: (_engine, { args }) => done(args.join('\n')),
  // What it leases it says in its log; once, it only gives back.
  dhcp: () => done(),
  facts: (engine) => done(factsOutput(engine)),
  namespaces: (engine) => done(namespacesOutput(engine)),
  probe: (engine, { network, args }) => done(probeOutput(engine, network, args)),
  shim: (engine, { args }) => shimAnswer(engine, args),
};
