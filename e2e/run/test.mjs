// `npm test`: sets up what it needs, runs every check, and ends with one line: `N passed, N failed`. Plain JavaScript
// with nothing but Node's own modules, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installWhatIsMissing, root } from '../../electron/launch/install.mjs';
import { failuresOfPlaywright, failuresOfVitest, shakyOfPlaywright, shakyOfVitest } from './failures.mjs';

const results = join(root, 'test-results');

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} command
 * @property {Record<string, string>} [env] besides this process's own
 * @property {string} [report] JSON report, where the part counts tests of its own; otherwise it is one test.
 * @property {(report: any) => Counts} [count]
 * @property {(report: any) => string[]} [failures] of those that failed, a line each
 * @property {(report: any) => string[]} [shaky] of those that passed the second time only, a line each
 */

/** @param {any} report @returns {Counts} */
const countVitest = (report) => ({
  passed: report.numPassedTests,
  // A file that fails to load has no tests in it, and is one failure all the same.
  failed:
    report.numFailedTests +
    report.testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length,
  skipped: report.numPendingTests + report.numTodoTests,
});

/** @param {any} report @returns {Counts} */
const countPlaywright = (report) => ({
  passed: report.stats.expected + report.stats.flaky,
  failed: report.stats.unexpected + report.errors.length,
  skipped: report.stats.skipped,
});

/** @param {string} name @param {string[]} args @returns {Part} */
const vitest = (name, args) => ({
  name,
  command: [
    'vitest',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile(name)}`,
  ],
  report: reportFile(name),
  count: countVitest,
  failures: failuresOfVitest,
  shaky: shakyOfVitest,
});

/**
 * Part of the end-to-end tests, with a report and artifacts of its own: two parts may run at once.
 *
 * @param {string} name @param {string} files regular expression @returns {Part}
 */
const playwright = (name, files) => ({
  name,
  command: ['playwright', 'test', '--retries=2', files],
  env: { E2E_PART: name },
  report: reportFile(name),
  count: countPlaywright,
  failures: failuresOfPlaywright,
  shaky: shakyOfPlaywright,
});

/** @param {string} name */
const reportFile = (name) => join(results, `${name}.json`);

/**
 * Each lane's parts run one after the other, the lanes beside each other: those of the second mostly wait for engines and
 * kernels to start. The lane that ends first goes on with what is left of `whenever`, which minds no load: so neither
 * waits long for the other. The build comes before both.
 *
 * @type {Record<'first' | 'checks' | 'engines' | 'whenever', Part[]>}
 */
const lanes = {
  first: [{ name: 'build', command: ['node', 'electron/launch/build.mjs'] }],
  checks: [
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
    { name: 'dependency rules', command: ['depcruise', 'shared', 'electron', 'renderer', 'e2e'] },
    { name: 'licences', command: ['node', 'e2e/run/licences.mjs'] },
    vitest('unit', []),
    playwright('e2e', 'e2e/specs/'),
  ],
  engines: [
    // Real engines, kernels and browsers on a machine that others use too: what fails is tried once more, and told
    // below if that passes. It has found something all the same.
    vitest('lab', ['--config', 'vitest.lab.config.ts', '--retry=1']),
    vitest('vlan', ['--config', 'vitest.vlan.config.ts', '--retry=1']),
  ],
  whenever: [
    playwright('windows', 'e2e/(?!specs/)'),
    // The longer first: what is taken last, the other lane waits for.
    { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
    { name: 'soak', command: ['tsx', 'e2e/soak/run.ts', '--short'] },
    // The native compiler: a fifth of the processor time. ESLint's rules need the other one, which has an API.
    {
      name: 'types',
      command: ['node', 'node_modules/typescript-native/bin/tsc', '-p', '.', '--singleThreaded'],
    },
  ],
};

/**
 * @param {string[]} command @param {number | 'inherit'} [output] a file, where the output of others must not be in between
 * @param {Record<string, string>} [own] environment
 * @returns {Promise<boolean>} whether it ended well
 */
function run([program = '', ...args], output = 'inherit', own = {}) {
  const bin = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  const child = spawn(bin, args, {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...own },
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** @param {Part} part @param {boolean} beside others run meanwhile: its output comes whole when it has ended */
async function runPart(part, beside) {
  const started = Date.now();
  const file = join(results, `${part.name.replaceAll(' ', '-')}.out`);
  console.log(beside ? `── ${part.name} begins ──` : `\n── ${part.name} ──`);
  if (part.report) rmSync(part.report, { force: true });
  const output = beside ? openSync(file, 'w') : 'inherit';
  const ok = await run(part.command, output, part.env);
  if (typeof output === 'number') {
    closeSync(output);
    console.log(`\n── ${part.name} ──\n${readFileSync(file, 'utf8')}`);
  }
  const counts = countsOf(part, ok);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`── ${part.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return { part, counts };
}

/** @param {Part[][]} queues emptied one after the other; others may take from the same @param {boolean} beside */
async function runInOrder(queues, beside) {
  const ended = [];
  for (;;) {
    const part = queues.find((queue) => queue.length > 0)?.shift();
    if (!part) return ended;
    ended.push(await runPart(part, beside));
  }
}

/** @param {(part: Part) => boolean} wanted */
async function runLanes(wanted) {
  const of = (/** @type {Part[]} */ parts) => parts.filter(wanted);
  const [checks, engines, whenever] = [of(lanes.checks), of(lanes.engines), of(lanes.whenever)];
  const beside = Math.min(checks.length, 1) + Math.min(engines.length, 1) + whenever.length > 1;
  const first = await runInOrder([of(lanes.first)], false);
  const both = await Promise.all([checks, engines].map((own) => runInOrder([own, whenever], beside)));
  return [...first, ...both.flat()];
}

/** @param {Part} part @param {boolean} ok @returns {Counts} */
function countsOf(part, ok) {
  const whole = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (!part.report || !part.count) return whole;
  try {
    const counts = part.count(JSON.parse(readFileSync(part.report, 'utf8')));
    // A runner that fails with no failed test (a leak, an unhandled rejection) has failed all the same.
    return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch {
    return { ...whole, passed: 0, failed: 1 };
  }
}

/** @param {Part} part @param {boolean} failed @returns {{failures: string[], shaky: string[]}} with its name before */
function linesOf(part, failed) {
  const named = (/** @type {string[]} */ lines = []) => lines.map((line) => `${part.name}: ${line}`);
  try {
    const report = part.report && JSON.parse(readFileSync(part.report, 'utf8'));
    const failures = named(report && part.failures?.(report));
    const whole = failed && failures.length === 0 ? named(['failed as a whole']) : failures;
    return { failures: whole, shaky: named(report && part.shaky?.(report)) };
  } catch {
    return { failures: named(['ended without a report']), shaky: [] };
  }
}

/** @param {string} heading @param {string[]} lines */
function tell(heading, lines) {
  if (lines.length > 0) console.log(`\n${heading}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

async function main() {
  checkNode();
  installWhatIsMissing();
  mkdirSync(results, { recursive: true });
  const wanted = process.argv.slice(2);
  if (!(await run(['tsx', 'e2e/run/prerequisites.ts']))) {
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {ReturnType<typeof linesOf>} */
  const told = { failures: [], shaky: [] };
  for (const { part, counts } of await runLanes(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const lines = linesOf(part, counts.failed > 0);
    told.failures.push(...lines.failures);
    told.shaky.push(...lines.shaky);
  }
  tell('Passed only when tried again; look into these:', told.shaky);
  tell('Failed:', told.failures);
  if (process.env['CI'] === 'true' && total.skipped > 0) {
    console.log(`\nIn CI nothing may be skipped, and ${total.skipped} tests were: they count as failed.`);
    total.failed += total.skipped;
  } else if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

await main();
