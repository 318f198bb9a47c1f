import type { Lab } from './start';
export async function startSamples(_lab: Lab, _say: (line: string) => void): Promise<void> {
  await Promise.resolve();
}
