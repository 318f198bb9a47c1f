import { afterAll, beforeAll, describe } from 'vitest';
import { startLab, type EngineKind, type Lab } from '../lab';
import { differencesOf, type Differences } from './known-differences';
import { conformance } from './suite';
import { generationAt, type EngineGeneration } from './target';

/** Puts the suite to a real engine on a host of its own. What is expected goes by the version that answers. */
export function conformanceOf(engine: EngineKind): void {
  describe(`a real engine: ${engine}`, () => {
    let lab: Lab | undefined;
    let differences: Differences;
    let version: EngineGeneration;
    beforeAll(async () => {
      lab = await startLab({ hosts: [{ engine }] });
      version = await generationAt(lab.hosts[0]?.socket ?? '');
      differences = await differencesOf(version);
    });
    afterAll(() => lab?.down());
    conformance(() => {
      const host = lab?.hosts[0];
      if (!host) throw new Error('the lab is not up');
      return { socket: host.socket, version, nics: ['eth1', 'eth2'], differences };
    });
  });
}
