import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences under which code may become part of what is shipped: they ask for their notice, and for nothing of ours. */
const shipped = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'OFL-1.1'],
]);

/** Under these further ones there are tools that build and test, and of which nothing is shipped. */
const tools = new Set([...shipped, 'MPL-2.0', 'Python-2.0', 'CC-BY-4.0', 'WTFPL']);

/**
 * Whether an SPDX expression (`(MIT OR GPL-2.0)`, `MIT AND ISC`) can be met. Of alternatives one is enough.
 *
 * @param {string} expression
 * @param {'shipped' | 'tool'} use
 */
export function allows(expression, use) {
  const known = use === 'shipped' ? shipped : tools;
  const plain = expression.replace(/^\((.*)\)$/, '$1');
  return plain.split(' OR ').some((each) => each.split(' AND ').every((one) => known.has(one)));
}

/**
 * What a package says of its own licence; '' when it says nothing.
 *
 * @param {{license?: unknown, licenses?: unknown}} manifest `package.json`
 * @returns {string}
 */
export function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license;
  // As packages wrote it before SPDX.
  const old = Array.isArray(licenses) ? licenses : [license ?? licenses];
  return old.flatMap((each) => (each && typeof each.type === 'string' ? [each.type] : [])).join(' OR ');
}

/**
 * The packages of the lock file whose licence is not on the list, as `name version: licence`. Asks nobody.
 *
 * @param {string} root The project's folder, installed.
 * @returns {string[]}
 */
export function unlicensed(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (path === '') return [];
    const said = entry.license ?? installed(join(root, path));
    return allows(said, 'tool')
      ? []
      : [`${path.replace(/^.*node_modules\//, '')} ${entry.version}: ${said || 'none'}`];
  });
}

/** @param {string} folder @returns {string} */
function installed(folder) {
  try {
    return licenceOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return '';
  }
}

/**
 * The package that a file belongs to; null for files of ours.
 *
 * @param {string} file As bundlers name modules.
 * @returns {string | null} its folder
 */
export function packageOf(file) {
  const match = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
  return match?.[1] ?? null;
}

/** @param {string} folder */
function notice(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = licenceOf(manifest);
  const name = `${manifest.name} ${manifest.version}`;
  if (!allows(licence, 'shipped'))
    throw new Error(`${name} can’t be shipped: its licence is ${licence || 'not named'}.`);
  const texts = readdirSync(folder)
    .filter((each) => /^(?:licen[cs]e|copying|notice)/i.test(each))
    .sort()
    .map((each) => readFileSync(join(folder, each), 'utf8').trim());
  return [`${name} (${licence})`, ...texts].join('\n\n');
}

/**
 * The notices of everything that these modules come from.
 *
 * @param {Iterable<string>} modules
 * @returns {string} Empty when they are all ours.
 */
export function noticesOf(modules) {
  const folders = new Set([...modules].flatMap((each) => packageOf(each) ?? []));
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const all = [...folders].map(notice).sort();
  return all.length > 0 ? `Parts of this program are the work of others:\n\n${all.join(rule)}\n` : '';
}

/** For Vite: each built part brings the notices of what went into it, and none that must not. */
export const thirdPartyNotices = () => ({
  name: 'third-party-notices',
  /**
   * @this {{emitFile(file: {type: 'asset', fileName: string, source: string}): unknown}}
   * @param {unknown} _options
   * @param {Record<string, {type: string, moduleIds?: string[]}>} bundle
   */
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((each) => each.moduleIds ?? []);
    const source = noticesOf(modules);
    if (source) this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-NOTICES.txt', source });
  },
});
