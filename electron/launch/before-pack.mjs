import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './install.mjs';

/** What packs the toolboxes. */
export const packScript = join(root, 'electron', 'toolbox', 'image', 'pack', 'index.ts');

/** @returns {Promise<void>} */
function packToolboxes() {
  const child = spawn(process.execPath, ['--import', 'tsx', packScript], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('Packing the toolbox failed; see above.')),
    );
  });
}

/** @type {Promise<void> | undefined} */
let packed;

/** electron-builder calls this for each platform and architecture of the app; the toolboxes are the same for all. */
export default function beforePack() {
  return (packed ??= packToolboxes());
}
