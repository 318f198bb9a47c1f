// `npm test`: sets up what it needs, runs every check, and ends with one line: `N passed, N failed`. Plain JavaScript
// with nothing but Node's own modules, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installWhatIsMissing, root } from '../../electron/launch/install.mjs';
import { failuresOfPlaywright, failuresOfVitest, shakyOfPlaywright, shakyOfVitest } from './failures.mjs';

const results = join(root, 'test-results');

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} command
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

/** @param {string} name */
const reportFile = (name) => join(results, `${name}.json`);

/** @type {Part[]} */
const parts = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'dependency rules', command: ['depcruise', 'shared', 'electron', 'renderer', 'e2e'] },
  { name: 'licences', command: ['node', 'e2e/run/licences.mjs'] },
  { name: 'build', command: ['node', 'electron/launch/build.mjs'] },
  vitest('unit', []),
  // Real engines, kernels and browsers on a machine that others use too: what fails is tried once more, and told
  // below if that passes. It has found something all the same.
  vitest('lab', ['--config', 'vitest.lab.config.ts', '--retry=1']),
  vitest('vlan', ['--config', 'vitest.vlan.config.ts', '--retry=1']),
  {
    name: 'e2e',
    command: ['playwright', 'test', '--retries=1'],
    report: reportFile('results'),
    count: countPlaywright,
    failures: failuresOfPlaywright,
    shaky: shakyOfPlaywright,
  },
  { name: 'soak', command: ['tsx', 'e2e/soak/run.ts', '--short'] },
];

/** @param {string[]} command */
function run([program = '', ...args]) {
  const bin = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  return spawnSync(bin, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
}

/** @param {Part} part @returns {Counts} */
function runPart(part) {
  const started = Date.now();
  console.log(`\n── ${part.name} ──`);
  if (part.report) rmSync(part.report, { force: true });
  const ok = run(part.command).status === 0;
  const counts = countsOf(part, ok);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`── ${part.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return counts;
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

function main() {
  checkNode();
  installWhatIsMissing();
  mkdirSync(results, { recursive: true });
  const wanted = process.argv.slice(2);
  const chosen = wanted.length > 0 ? parts.filter((part) => wanted.includes(part.name)) : parts;
  if (run(['tsx', 'e2e/run/prerequisites.ts']).status !== 0) {
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {ReturnType<typeof linesOf>} */
  const told = { failures: [], shaky: [] };
  for (const part of chosen) {
    const counts = runPart(part);
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

main();
