import { afterAll, beforeAll, describe } from 'vitest';
import { startLab, type EngineKind, type Lab, type LabHost } from '../lab';
import { differencesOf, type Differences } from './known-differences';
import { conformance } from './suite';
import { generationAt, type EngineGeneration, type SpareNic } from './target';

const SPARE = 'spare0';
const BRIDGE = 'br-spare';
const has = (link: string): string => `ip link show ${link} > /dev/null 2>&1`;
const remove = (link: string): string => `if ${has(link)}; then ip link del ${link}; fi`;
const make =
  `${has(SPARE)} || ip link add ${SPARE} type veth peer name ${SPARE}-p;` +
  ` ip link set ${SPARE}-p up; ip link set ${SPARE} nomaster up`;
const scripts = {
  up: make,
  down: `${make}; ip link set ${SPARE} down`,
  port: `${make}; ${has(BRIDGE)} || ip link add ${BRIDGE} type bridge; ip link set ${SPARE} master ${BRIDGE}`,
  gone: remove(SPARE),
} as const;

/** A link of the host's that comes and goes as the suite asks. */
export function spareOf(host: () => LabHost): SpareNic {
  const run = async (script: string): Promise<void> => void (await host().exec('sh', '-ec', script));
  return {
    name: SPARE,
    set: (state) => run(scripts[state]),
    restore: () => run(`${remove(SPARE)}; ${remove(BRIDGE)}`),
  };
}

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
      conformance(() => ({
        ...{ socket: host().socket, version, nics: ['eth1', 'eth2'], spare: spareOf(host), differences },
      }));
    },
  );
}
