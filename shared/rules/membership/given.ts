import type { Container, Endpoint } from '../../model';
import type { OnAttachment } from '../inventory/beside';

/** What changes of ours gave to this attachment, the newest first: several where one did not come to its end. */
export const givenTo = <T extends OnAttachment>(
  { engineId, id }: Container,
  { networkName }: Endpoint,
  given: readonly T[],
): T[] =>
  given.filter(
    (each) => each.engineId === engineId && each.containerId === id && each.networkName === networkName,
  );
