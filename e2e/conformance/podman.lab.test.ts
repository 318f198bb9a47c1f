import { afterAll, beforeAll, describe } from 'vitest';
import { startLab, type Lab } from '../lab';
import { podmanDifferences } from './known-differences';
import { conformance } from './suite';

describe('a real Podman 4.3', () => {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await startLab({ hosts: [{ engine: 'podman' }] });
  });
  afterAll(() => lab?.down());
  conformance(() => {
    const host = lab?.hosts[0];
    if (!host) throw new Error('the lab is not up');
    return {
      socket: host.socket,
      version: 'podman-4.3',
      nics: ['eth1', 'eth2'],
      differences: podmanDifferences,
    };
  });
});
