// `npm test`: sets up what it needs, runs every check, and ends with one line: `N passed, N failed`. Plain JavaScript
// with nothing but Node's own modules, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installWhatIsMissing, root } from '../../electron/launch/install.mjs';
import { failuresOfPlaywright, failuresOfVitest } from './failures.mjs';

const results = join(root, 'test-results');

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} command
 * @property {string} [report] JSON report, where the part counts tests of its own; otherwise it is one test.
 * @property {(report: any) => Counts} [count]
 * @property {(report: any) => string[]} [failures] of those that failed, a line each
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
  passed: report.stats.expected,
  failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
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
  vitest('lab', ['--config', 'vitest.lab.config.ts']),
  vitest('vlan', ['--config', 'vitest.vlan.config.ts']),
  {
    name: 'e2e',
    command: ['playwright', 'test'],
    report: reportFile('results'),
    count: countPlaywright,
    failures: failuresOfPlaywright,
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

/** @param {Part} part @returns {string[]} */
function failuresOf(part) {
  try {
    const lines = part.report ? part.failures?.(JSON.parse(readFileSync(part.report, 'utf8'))) : undefined;
    return lines?.length ? lines : ['failed as a whole'];
  } catch {
    return ['ended without a report'];
  }
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
  /** @type {string[]} */
  const failures = [];
  for (const part of chosen) {
    const counts = runPart(part);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    if (counts.failed > 0) failures.push(...failuresOf(part).map((line) => `${part.name}: ${line}`));
  }
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
  if (process.env['CI'] === 'true' && total.skipped > 0) {
    console.log(`\nIn CI nothing may be skipped, and ${total.skipped} tests were: they count as failed.`);
    total.failed += total.skipped;
  } else if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

main();
