const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `remove` when this process ends, also by a signal. Gives the function that undoes the arrangement.
 * SIGKILL can't be caught: the engines then end with their pipe, and the next start removes the rest.
 */
export function atExit(remove: () => void): () => void {
  const onExit = () => {
    forget();
    remove();
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
