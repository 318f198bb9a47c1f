import { beforeAll, describe } from 'vitest';
import { freshLab } from '../lab/vitest';
import { differencesOf, type Differences } from './known-differences';
import { spareOf } from './real';
import { conformance, type ConformanceTarget, type EngineGeneration } from './suite';
import { generationAt } from './target';

describe('a real engine', () => {
  const lab = freshLab();
  const [host] = lab.hosts;
  let version: EngineGeneration;
  let differences: Differences;

  beforeAll(async () => {
    version = await generationAt(host.socket);
    differences = await differencesOf(version);
  });

  conformance((): ConformanceTarget => {
    const [first, second] = host.nics;
    if (!first || !second) throw new Error('the suite needs two NICs');
    const spare = spareOf(() => host);
    return { socket: host.socket, version, nics: [first.name, second.name], spare, differences };
  });
});
