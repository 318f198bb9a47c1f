import { useEffect, useState } from 'react';
import type { ProbeTarget, Problem, ShimPreview } from '../../../shared/model';
import { useApp } from '../../app/context';

/** Typing settles for this long before anything is asked, milliseconds; the LAN is asked later than the console. */
const settle = { preview: 150, probe: 500 };

/** An answer that belongs to a question; one to an earlier question is as good as none. */
interface Answer<T> {
  key: string;
  value: T | null;
  problem: Problem | null;
}

/** What making the shim would do; asked anew as the address changes. Undefined takes the suggested one. */
export function useShimPreview(
  engineId: string,
  networkId: string,
  address: string | undefined,
): { preview: ShimPreview | null; problem: Problem | null; pending: boolean } {
  const { api } = useApp();
  const key = address ?? '';
  const [answer, setAnswer] = useState<Answer<ShimPreview> | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () =>
        void api
          .invoke('shims.preview', { engineId, networkId, ...(key && { address: key }) })
          .then((result) => {
            if (!wanted) return;
            if (result.ok) setAnswer({ key, value: result.value, problem: null });
            else setAnswer({ key, value: null, problem: result.error });
          }),
      settle.preview,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, engineId, networkId, key]);
  return {
    preview: answer?.value ?? null,
    problem: answer?.problem ?? null,
    pending: answer?.key !== key,
  };
}

/** Whether somebody on the LAN answers for an address; null while nobody knows. Asks nothing for an empty one. */
export function useLanProbe(
  engineId: string,
  nic: string,
  address: string,
): { found: ProbeTarget | null; asking: boolean } {
  const { api } = useApp();
  const [answer, setAnswer] = useState<Answer<ProbeTarget> | null>(null);
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
            if (wanted)
              setAnswer({ key, value: result.ok ? (result.value.targets[0] ?? null) : null, problem: null });
          }),
      settle.probe,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, engineId, nic, address, key]);
  const settled = key !== '' && answer?.key === key;
  return { found: settled ? answer.value : null, asking: key !== '' && !settled };
}
