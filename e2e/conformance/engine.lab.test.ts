import { beforeAll, describe } from 'vitest';
import { freshLab } from '../lab/vitest';
import { kernelDifferences, type Differences } from './known-differences';
import { call } from './raw-client';
import { conformance, type ConformanceTarget, type EngineGeneration } from './suite';

const generations: readonly EngineGeneration[] = ['20.10', '26.1', '29.7'];

describe('a real engine', () => {
  const lab = freshLab();
  const [host] = lab.hosts;
  let version: EngineGeneration;
  let differences: Differences;

  beforeAll(async () => {
    differences = await kernelDifferences();
    const answer = await call(host.socket, 'GET', '/version');
    const { Version } = JSON.parse(answer.text) as { Version: string };
    const known = generations.find((each) => Version.startsWith(`${each}.`));
    if (!known) throw new Error(`the suite does not know the answers of engine ${Version}`);
    version = known;
  });

  conformance((): ConformanceTarget => {
    const [first, second] = host.nics;
    if (!first || !second) throw new Error('the suite needs two NICs');
    return { socket: host.socket, version, nics: [first.name, second.name], differences };
  });
});
