import { afterAll, beforeAll, describe } from 'vitest';
import { startLab, type EngineKind, type Lab } from '../lab';
import { differencesOf, type Differences } from './known-differences';
import { conformance } from './suite';
import { generationAt, type EngineGeneration } from './target';

/** Puts the suite to real engines, each on a host of one lab. What is expected goes by the version that answers. */
export function conformanceOf(...engines: readonly EngineKind[]): void {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await startLab({ hosts: engines.map((engine) => ({ engine })) });
  });
  afterAll(() => lab?.down());
  describe.each(engines.map((engine, index) => ({ engine, index })))(
    'a real engine: $engine',
    ({ index }) => {
      let differences: Differences;
      let version: EngineGeneration;
      const host = () => {
        const found = lab?.hosts[index];
        if (!found) throw new Error('the lab is not up');
        return found;
      };
      beforeAll(async () => {
        version = await generationAt(host().socket);
        differences = await differencesOf(version);
      });
      conformance(() => ({ socket: host().socket, version, nics: ['eth1', 'eth2'], differences }));
    },
  );
}
