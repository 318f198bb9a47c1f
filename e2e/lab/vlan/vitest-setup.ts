import type { TestProject } from 'vitest/node';
import { ensureVlanPrerequisites } from './prerequisites';
import type { VlanLabRecord } from './record';
import { startVlanLab } from './start';

declare module 'vitest' {
  interface ProvidedContext {
    vlanLab: VlanLabRecord;
  }
}

/** One VLAN lab for the whole run, removed at its end; its logs stay if a test failed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const say = (line: string) => {
    console.log(`[vlan lab] ${line}`);
  };
  await ensureVlanPrerequisites({ install: true, onProgress: say });
  const lab = await startVlanLab({ onProgress: say });
  project.provide('vlanLab', lab.record);
  return async () => {
    const { state } = project.vitest;
    const failed = state.getCountOfFailedTests() > 0 || state.getUnhandledErrors().length > 0;
    if (failed) say(await lab.state());
    const logs = await lab.down({ keepLogs: failed });
    if (logs) say(`a test failed; logs are in ${logs}`);
  };
}
