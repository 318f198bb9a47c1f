import type { DemoEngine } from '../engine/engine';
import { linksOf } from './links';
import { done, failed, type HelperOutput } from './output';
import { shimsOf, type DemoShim } from './state';

const shimText = ([name, { parent, address, routes }]: [string, DemoShim]): string =>
  `@@ ${name}\n9: ${name}@${parent}: <UP>\n9: ${name}    inet ${address}/32 scope global ${name}\n` +
  routes.map((route) => `${route.replace(/\/32$/, '')} scope link src ${address} \n`).join('');

/** Without arguments it lists, with a name and an address it removes, with more it puts. */
export function shimAnswer(engine: DemoEngine, args: string[]): HelperOutput {
  const shims = shimsOf(engine);
  const [name, parent, address, was, ...routes] = args;
  if (name === undefined) return done([...shims].map(shimText).join('\n'));
  if (parent === undefined || address === undefined || was === undefined) {
    shims.delete(name);
    return done();
  }
  if (!linksOf(engine).some((link) => link.name === parent)) return failed(`Cannot find device "${parent}"`);
  const shim = { parent, address, routes };
  shims.set(name, shim);
  return done(shimText([name, shim]));
}
