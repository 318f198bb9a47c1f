import type { Container } from '../../../shared/model';
import { isLive } from '../../../shared/rules';

/** What is said in the place of an address: one that does not run may be given one at its next start. */
export const noAddress = (container: Pick<Container, 'state'>): 'address.none' | 'address.noneYet' =>
  isLive(container) ? 'address.none' : 'address.noneYet';
