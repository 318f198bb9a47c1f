import { useEffect, useState } from 'react';
import type { ProbeTarget } from '../../../shared/model';
import { useApp } from '../../context/context';

/** Typing settles for this long before the LAN is asked, milliseconds; later than the console. */
const settle = 500;

/** An answer that belongs to a question; one to an earlier question is as good as none. */
interface Answer {
  key: string;
  value: ProbeTarget | null;
}

/** Whether somebody on the LAN answers for an address; null while nobody knows. Asks nothing for an empty one. */
export function useLanProbe(
  engineId: string,
  nic: string,
  address: string,
): { found: ProbeTarget | null; asking: boolean } {
  const { api } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const key = nic && address && `${nic} ${address}`;
  useEffect(() => {
    if (!key) return;
    let wanted = true;
    const timer = setTimeout(
      () =>
        void api
          .invoke('host.probe', { engineId, from: { kind: 'host', nic }, addresses: [address] })
          .then((result) => {
            // That nobody could be asked is no reason to refuse: the preview has checked what the console knows.
            if (wanted) setAnswer({ key, value: result.ok ? (result.value.targets[0] ?? null) : null });
          }),
      settle,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, engineId, nic, address, key]);
  const settled = key !== '' && answer?.key === key;
  return { found: settled ? answer.value : null, asking: key !== '' && !settled };
}
