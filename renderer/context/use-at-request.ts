import { useEffect, useRef } from 'react';
import { useUi } from './context';

/** Does `act` each time that a view is asked for something by a number of the ui store that is raised; not for what was asked before. */
export function useAtRequest(name: 'focusRequests', act: () => void): void {
  const requests = useUi((state) => state[name]);
  const seen = useRef(requests);
  useEffect(() => {
    if (seen.current === requests) return;
    seen.current = requests;
    act();
  }, [requests, act]);
}
