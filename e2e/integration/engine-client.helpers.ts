import { createEngineClient, engineIdFor, type EngineClient } from '../../electron/docker';
import { ProblemError, type NetworkSpec, type Problem } from '../../shared/model';
import type { LabHost } from '../lab';

/** A client of a lab's engine. Milliseconds. */
export const connectTo = (to: LabHost, timeoutMs = 15_000): EngineClient =>
  createEngineClient({ engineId: engineIdFor(to.endpoint), endpoint: to.endpoint, timeoutMs });

/** A macvlan network on the NIC that has the host's address. */
export const lan: NetworkSpec = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth1',
  mode: 'bridge',
  subnet: '10.70.1.0/24',
  gateway: '10.70.1.1',
  ipRange: '10.70.1.128/25',
  exclusions: ['10.70.1.11'],
  internal: false,
};
/** The same on the host's other NIC. */
const other: NetworkSpec = { ...lan, name: 'other', parent: 'eth2', exclusions: [] };
/** One on the host's other NIC, without gateway and range unless the change gives them. */
export const onOther = (change: Partial<NetworkSpec>): NetworkSpec => {
  const { gateway: _, ipRange: __, ...bare } = other;
  return { ...bare, ...change };
};

/** The problem that a call is refused with. @throws Error when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`expected a refusal, not ${String(error)}`);
  return error.problem;
}
