import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const dist = resolve(here, '../../dist');
const target = join(dist, 'standin');

/** Changes whenever a source of the stand-in does. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const folder of ['.', 'codec', 'main', 'world', 'example-app']) {
    for (const name of readdirSync(join(here, folder)).sort()) {
      if (/\.(ts|mjs|html)$/.test(name)) hash.update(name).update(readFileSync(join(here, folder, name)));
    }
  }
  return hash.digest('hex');
}

/** @returns {string} what the last build was made from, or nothing */
function builtFrom() {
  try {
    return readFileSync(join(target, 'fingerprint'), 'utf8');
  } catch {
    return '';
  }
}

const common = /** @type {const} */ ({ configFile: false, root: here, logLevel: 'warn' });

/**
 * For Node: entries by name, each with what it needs.
 * @param {string} outDir
 * @param {Record<string, string>} entries
 * @param {'cjs' | 'es'} format
 */
async function nodeBundle(outDir, entries, format) {
  const { build } = await import('vite');
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(here, path)]));
  const names = `[name].${format === 'cjs' ? 'cjs' : 'mjs'}`;
  const output = { format, entryFileNames: names, chunkFileNames: names };
  await build({
    ...common,
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: { input, external: ['@electron/asar', 'electron'], output },
    },
  });
}

/**
 * For a document: one script without imports.
 * @param {string} outDir
 * @param {string} path
 * @param {string} file
 */
async function pageScript(outDir, path, file) {
  const { build } = await import('vite');
  const lib = {
    entry: join(here, path),
    formats: /** @type {['iife']} */ (['iife']),
    name: 'standinWorld',
    fileName: () => file,
  };
  await build({ ...common, build: { target: 'es2023', outDir, emptyOutDir: false, minify: false, lib } });
}

/** @param {string} outDir */
async function bundle(outDir) {
  await nodeBundle(outDir, { boot: 'main/boot.ts', electron: 'main/electron.ts' }, 'cjs');
  await pageScript(outDir, 'world/main-world.ts', 'main-world.js');
  await pageScript(outDir, 'world/isolated-world.ts', 'isolated-world.js');
  const example = join(outDir, 'example');
  await nodeBundle(example, { main: 'example-app/main.ts' }, 'es');
  await nodeBundle(example, { main: 'example-app/main.ts', preload: 'example-app/preload.ts' }, 'cjs');
  await pageScript(example, 'example-app/renderer.ts', 'renderer.js');
  copyFileSync(join(here, 'example-app/index.html'), join(example, 'index.html'));
}

/** Bundles the stand-in into dist/standin if its sources changed; other runs never see a half-written bundle. */
export async function ensureBuilt() {
  const wanted = fingerprint();
  if (builtFrom() === wanted) return;
  mkdirSync(dist, { recursive: true });
  const fresh = mkdtempSync(join(dist, '.standin-'));
  try {
    await bundle(fresh);
    writeFileSync(join(fresh, 'fingerprint'), wanted);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureBuilt();
