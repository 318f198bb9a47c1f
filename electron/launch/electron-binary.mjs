import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const folder = join(root, 'node_modules', 'electron');

/** Electron's own installer wants this Node (its package.json says so). */
const leastNodeForInstaller = [22, 12];

/** A download that makes no end is given up. Milliseconds. */
const installTimeoutMs = 5 * 60_000;

/** The binary that the electron package names, if it is there. */
function installed() {
  const named = join(folder, 'path.txt');
  if (process.env['ELECTRON_BIN']) return process.env['ELECTRON_BIN'];
  if (!existsSync(named)) return null;
  const path = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** @returns {Promise<boolean>} */
function install() {
  console.log('Fetching Electron with its own installer …');
  const child = spawn(process.execPath, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill(), installTimeoutMs);
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ done) => {
      clearTimeout(timer);
      resolve(done);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
  });
}

/**
 * Electron's binary, fetched if need be, or one sentence saying why there is none.
 *
 * @returns {Promise<{path: string} | {reason: string}>}
 */
export async function electronBinary() {
  const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!display) return { reason: 'No display here for the desktop app.' };
  const found = installed();
  if (found) return { path: found };
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNodeForInstaller;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    return {
      reason: `Electron's installer needs Node ${leastNodeForInstaller.join('.')} (this is ${process.versions.node}).`,
    };
  const path = (await install()) ? installed() : null;
  return path ? { path } : { reason: 'Electron could not be fetched (offline?).' };
}
