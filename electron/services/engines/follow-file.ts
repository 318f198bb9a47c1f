import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** An editor's save is several events: they are looked at together. Milliseconds. */
const gatherMs = 100;

export interface Following {
  end(): void;
}

/**
 * Looks at a file again whenever something happens to it; does not keep the process alive.
 *
 * @param refresh whether what it found differs
 * @param onChange called when it does
 * @param report where errors of looking and watching go
 */
export function followFile(
  file: string,
  refresh: () => Promise<boolean>,
  onChange: () => void,
  report: (error: unknown) => void,
): Following {
  let timer: NodeJS.Timeout | null = null;
  const look = () => {
    timer = null;
    refresh().then((differs) => differs && onChange(), report);
  };
  // The folder, because a file that is replaced is another file.
  const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
    if (name === basename(file)) timer ??= setTimeout(look, gatherMs);
  });
  watcher.on('error', report);
  return {
    end: () => {
      watcher.close();
      if (timer) clearTimeout(timer);
    },
  };
}
