// A part of `npm test`: every package of the lock file is under a licence that the project can use.
import { root } from '../../electron/launch/install.mjs';
import { unlicensed } from '../../electron/launch/licences.mjs';

const found = unlicensed(root);
for (const each of found) console.error(`Not on the list of licences: ${each}`);
process.exit(found.length === 0 ? 0 : 1);
