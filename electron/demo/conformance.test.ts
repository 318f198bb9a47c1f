import { afterAll, beforeAll, describe } from 'vitest';
import { call } from '../../e2e/conformance/raw-client';
import { conformance } from '../../e2e/conformance/suite';
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

  conformance(() => ({ socket, version, nics: ['eth0', 'eno1'] }));
});
