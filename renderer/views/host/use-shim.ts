import type { ProbeTarget } from '../../../shared/model';
import { useAnswer } from '../../context/use-answer';

/** Typing settles for this long before the LAN is asked, milliseconds; later than the console. */
const settle = 500;

/** Whether somebody on the LAN answers for an address; null while nobody knows. Asks nothing for an empty one. */
export function useLanProbe(
  engineId: string,
  nic: string,
  address: string,
): { found: ProbeTarget | null; asking: boolean } {
  const { value, loading } = useAnswer(
    'host.probe',
    nic && address ? { engineId, from: { kind: 'host', nic }, addresses: [address] } : null,
    { wait: settle },
  );
  // That nobody could be asked is no reason to refuse: the preview has checked what the console knows.
  return { found: value?.targets[0] ?? null, asking: loading };
}
