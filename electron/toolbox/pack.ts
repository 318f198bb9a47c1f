import { writeFile } from 'node:fs/promises';
import { machine } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildRootfs } from './rootfs';
import { findTools } from './tools';

/**
 * Makes the file system that a package brings along, for consoles on machines that can't make it: on Windows, macOS, or
 * for engines of another architecture. `npx tsx electron/toolbox/pack.ts [FOLDER]`, on Linux of that architecture.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'assets', 'toolbox');
const file = join(folder, `toolbox-${machine()}.tar.gz`);
await writeFile(file, gzipSync(await buildRootfs(await findTools()), { level: 9 }));
process.stdout.write(`${file}\n`);
