import type { Container, Step } from '../../../shared/model';
import { isLive } from '../../../shared/rules';
import type { EngineClient } from '../../docker';

export type RunStep = Extract<Step, { op: 'stop' | 'start' }>;

export const runs = (container: Container): boolean => isLive(container) || container.state === 'restarting';

/** When it was last started, by its host's clock; empty where it never was. */
export const startOf = ({ detail }: Container): string => detail?.startedAt ?? '';

/**
 * Whether a container was started or stopped. One that has ended by itself since, as a job does that has nothing more to
 * do, was started all the same.
 *
 * @param existing when it was last started before
 */
export async function tookEffect(
  client: EngineClient,
  { op, containerId }: RunStep,
  existing: readonly string[],
): Promise<boolean> {
  const container = await client.container(containerId);
  if (runs(container) === (op === 'start')) return true;
  return op === 'start' && existing.length > 0 && !existing.includes(startOf(container));
}
