import type { Container, Endpoint } from '../../model';
import type { OnAttachment } from '../inventory/beside';

/** What a change of ours gave to this attachment. */
export const givenTo = <T extends OnAttachment>(
  { engineId, id }: Container,
  { networkName }: Endpoint,
  given: readonly T[],
): T | undefined =>
  given.find(
    (each) => each.engineId === engineId && each.containerId === id && each.networkName === networkName,
  );
