import { afterAll, beforeAll, describe } from 'vitest';
import { startLab, type Lab } from '../lab';
import { kernelDifferences, type Differences } from './known-differences';
import { conformance } from './suite';

describe('a real engine 26.1', () => {
  let lab: Lab | undefined;
  let differences: Differences;
  beforeAll(async () => {
    differences = await kernelDifferences();
    lab = await startLab({ hosts: [{ engine: 'docker-26.1' }] });
  });
  afterAll(() => lab?.down());
  conformance(() => {
    const host = lab?.hosts[0];
    if (!host) throw new Error('the lab is not up');
    return { socket: host.socket, version: '26.1', nics: ['eth1', 'eth2'], differences };
  });
});
