import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const leastNode = [20, 19];

/** Throws one clear line on a Node that is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(`Trunkline needs Node ${leastNode.join('.')} or newer; this is ${process.versions.node}.`);
}

/** npm writes this last; one made by hand after the lock file changed is as good as ours. */
function newerThanLock() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  );
}

/** Runs `npm ci` unless node_modules was installed from this very lock file. */
export function installWhatIsMissing() {
  const stamp = join(root, 'node_modules', '.trunkline-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const current = existsSync(stamp) ? readFileSync(stamp, 'utf8') === lock : newerThanLock();
  if (current) return;
  // npm empties what the link leads to, which others work with.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      'node_modules is a link, and what it leads to was not installed from this package-lock.json: run npm ci there, or remove the link.',
    );
  console.error('Installing npm packages (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    throw new Error('npm ci failed; what it printed above says why. Nothing was started.');
  writeFileSync(stamp, lock);
}
