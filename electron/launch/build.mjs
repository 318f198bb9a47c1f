import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/**
 * The parts that Vite builds, and the folders that go into each.
 *
 * @typedef {'renderer' | 'serve' | 'main' | 'preload' | 'threads'} Target
 * @type {Record<Target, string[]>}
 */
const sources = {
  renderer: ['renderer', 'shared'],
  serve: ['electron', 'shared'],
  main: ['electron', 'shared'],
  preload: ['electron/desktop', 'shared'],
  threads: ['electron', 'shared'],
};

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Changes when any of the part's files does. @param {Target} target */
function fingerprint(target) {
  const hash = createHash('sha256');
  const tooling = [
    'vite.config.ts',
    'electron/launch/licences.mjs',
    'package-lock.json',
    'tsconfig.json',
  ].map((name) => join(root, name));
  for (const file of [...tooling, ...sources[target].flatMap(filesIn)]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** @param {Target} target @returns {Promise<void>} */
function build(target) {
  const mode = target === 'renderer' ? 'production' : target;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`Building the ${target} part failed; see above.`)),
    );
  });
}

/** Builds those of the parts whose sources changed since they were built last. @param {Target[]} targets */
export async function buildWhatChanged(targets) {
  const stampOf = (/** @type {Target} */ target) => join(root, 'dist', `.${target}.stamp`);
  const stale = targets
    .map((target) => ({ target, print: fingerprint(target) }))
    .filter(
      ({ target, print }) => !existsSync(stampOf(target)) || readFileSync(stampOf(target), 'utf8') !== print,
    );
  if (stale.length === 0) return;
  // Beside the output, which may be a hash on its way into a file.
  console.error(`Building ${stale.map((each) => each.target).join(', ')} …`);
  await Promise.all(stale.map((each) => build(each.target)));
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const { target, print } of stale) writeFileSync(stampOf(target), print);
}

// `npm run build` builds everything that changed.
if (process.argv[1] === import.meta.filename)
  await buildWhatChanged(['renderer', 'serve', 'main', 'preload', 'threads']);
