import type { TestProject } from 'vitest/node';
import { ensurePrerequisites } from './prerequisites';
import type { LabRecord } from './record';
import { startLab } from './start';

declare module 'vitest' {
  interface ProvidedContext {
    lab: LabRecord;
  }
}

/** One lab for the whole run, removed at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string) => {
    console.log(`[lab] ${line}`);
  };
  await ensurePrerequisites({ install: true, onProgress: say });
  const lab = await startLab({ onProgress: say });
  project.provide('lab', lab.record);
  return lab.down;
}
