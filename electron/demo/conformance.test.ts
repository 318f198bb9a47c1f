import { afterAll, beforeAll, describe } from 'vitest';
import { call } from '../../e2e/conformance/raw-client';
import { conformance } from '../../e2e/conformance/suite';
import type { SpareNic } from '../../e2e/conformance/target';
import { startDemo, type Demo, type DemoVersion } from './index';

describe.each<DemoVersion>(['20.10', '26.1', '29.7'])('a simulated engine %s', (version) => {
  let demo: Demo;
  let socket = '';

  beforeAll(async () => {
    demo = await startDemo({ hosts: 1, containers: 0, version });
    socket = demo.endpoints[0]?.replace('unix://', '') ?? '';
    // The suite wants both NICs for itself.
    const filters = encodeURIComponent(JSON.stringify({ type: ['custom'] }));
    const networks = JSON.parse((await call(socket, 'GET', `/networks?filters=${filters}`)).text) as {
      Id: string;
    }[];
    for (const { Id } of networks) await call(socket, 'DELETE', `/networks/${Id}`);
  });
  afterAll(() => demo.close());

  const spare: SpareNic = {
    name: 'eno1',
    set: async (state) => Promise.resolve(demo.setNic(0, 'eno1', state)),
    restore: async () => Promise.resolve(demo.setNic(0, 'eno1', 'up')),
  };
  conformance(() => ({ socket, version, nics: ['eth0', 'eno1'], spare }));
});
