import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorldConfig } from '../world/messages';

/** Prefix of the event names that the two worlds talk by; the page must not be able to guess it. */
const secret = randomUUID();

/** The bundles stand beside this one; each leaves one variable, `standinWorld`, kept out of the global scope here. */
const wrap = (bundle: string, call: string): string =>
  `(() => {\n${readFileSync(join(__dirname, bundle), 'utf8')}\nstandinWorld.start(${call});\n})();`;

export const mainWorldScript = (): string => wrap('main-world.js', JSON.stringify(secret));

/**
 * @param preload its path and source; null where the window has none or it can't be read
 * @param args    `additionalArguments` of the window
 */
export function isolatedWorldScript(
  preload: { path: string; source: string } | null,
  args: string[],
): string {
  const config: WorldConfig = {
    secret,
    preload: preload?.path ?? '',
    process: {
      platform: process.platform,
      arch: process.arch,
      versions: Object.fromEntries(
        Object.entries(process.versions).map(([name, version]) => [name, version ?? '']),
      ),
      argv: [process.execPath, ...args],
      execPath: process.execPath,
    },
  };
  const body = preload
    ? `function (require, module, exports, process, global) {${preload.source}\n}`
    : 'null';
  return wrap('isolated-world.js', `${JSON.stringify(config)}, ${body}`);
}
