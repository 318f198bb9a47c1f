import type { DemoEngine } from '../engine/engine';
import { hashText } from '../engine/random';

/** One LXC container beside Docker on every third host. */
export function namespacesOutput(engine: DemoEngine): string {
  const lxc =
    hashText(engine.host.name) % 3 === 0 ? ['4026532999\t912\tsystemd\t0::/lxc.payload.dns\t912 940'] : [];
  return [
    '@@ own',
    'net:[4026531000]',
    '@@ host',
    'net:[4026531840]',
    '@@ names',
    '@@ processes',
    ...lxc,
    '',
  ].join('\n');
}
