import type { LabRecord } from './record';
import { removeLab } from './remove';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Removes the lab when this process ends, also by a signal. Gives the function that undoes the arrangement.
 * SIGKILL can't be caught: the engines then end with their pipe, and the next start removes the rest.
 */
export function removeAtExit(record: LabRecord): () => void {
  const onExit = () => {
    forget();
    removeLab(record);
  };
  const onSignal = (name: NodeJS.Signals) => {
    onExit();
    // Ours was the only wish: let the signal do what it does. Otherwise the others decide when to end.
    if (process.listenerCount(name) === 0) process.kill(process.pid, name);
  };
  const forget = () => {
    process.off('exit', onExit);
    for (const name of signals) process.off(name, onSignal);
  };
  process.on('exit', onExit);
  for (const name of signals) process.on(name, onSignal);
  return forget;
}
