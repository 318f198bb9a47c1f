// `npm start`: installs what is missing, builds what changed, opens the console. Plain JavaScript with nothing but
// Node's own modules, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { buildWhatChanged } from './build.mjs';
import { electronBinary } from './electron-binary.mjs';
import { checkNode, installWhatIsMissing, root } from './install.mjs';
import { help, parseOptions } from './options.mjs';

/** @param {string} line */
const say = (line) => console.log(line);

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, as a member of the terminal's process group; a `kill` does not.
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  child.on('error', (error) => {
    console.error(`Could not run ${program}: ${error.message}`);
    process.exit(1);
  });
}

async function main() {
  const args = process.argv.slice(2);
  const options = parseOptions(args);
  if (options.help) return say(help);
  checkNode();
  installWhatIsMissing();
  const found = options.web ? null : await electronBinary();
  if (found && 'path' in found) {
    await buildWhatChanged(['renderer', 'preload', 'main', 'threads']);
    return run(found.path, [root, ...args]);
  }
  if (found) say(`${found.reason} Serving the same console to a browser instead.`);
  await buildWhatChanged(
    options.apply === undefined ? ['renderer', 'serve', 'threads'] : ['serve', 'threads'],
  );
  run(process.execPath, ['dist/serve/serve.js', ...args]);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
