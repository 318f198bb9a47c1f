import type { TestProject } from 'vitest/node';
import { ensurePrerequisites } from './prerequisites';
import type { LabRecord } from './record';
import { startLab, type Lab } from './start';

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each of the run's workers. */
    labs: LabRecord[];
  }
}

/** The labs for the whole run, removed at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string) => {
    console.log(`[lab] ${line}`);
  };
  await ensurePrerequisites({ install: true, onProgress: say });
  const labs: Lab[] = [];
  for (let left = workersOf(project); left > 0; left--) labs.push(await startLab({ onProgress: say }));
  project.provide(
    'labs',
    labs.map(({ record }) => record),
  );
  return async () => {
    for (const lab of labs) await lab.down();
  };
}

/** How many files will run at once at most. */
function workersOf({ vitest }: TestProject): number {
  const allowed = Math.max(...vitest.projects.map(({ config }) => Number(config.maxWorkers)));
  return Math.min(allowed, vitest.state.getPaths().length);
}
