// What failed, in one line a test: the runners' own reports can be thousands of lines back by then.

/** @param {string | undefined} text the first line that says something, without colours */
const firstLine = (text = '') =>
  text
    // eslint-disable-next-line no-control-regex -- colours of terminals
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? 'no reason given';

/** @param {any} report of Vitest @returns {string[]} */
export const failuresOfVitest = (report) =>
  report.testResults.flatMap((/** @type {any} */ file) => {
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
    if (file.status === 'failed' && failed.length === 0) return [`${file.name}: ${firstLine(file.message)}`];
    return failed.map(
      (/** @type {any} */ test) => `${test.fullName}: ${firstLine(test.failureMessages?.[0])}`,
    );
  });

/** @param {any} report of Vitest @returns {string[]} tests that passed the second time only */
export const shakyOfVitest = (report) =>
  report.testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults
      .filter((/** @type {any} */ test) => test.status === 'passed' && test.failureMessages?.length)
      .map((/** @type {any} */ test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`),
  );

/** @param {any} suite @returns {any[]} its specs and those of the suites in it */
const specsOf = (suite) => [...(suite.suites ?? []).flatMap(specsOf), ...(suite.specs ?? [])];

/** @param {any} spec @returns {any} the first error of it, also where a later try passed */
const errorOf = (spec) =>
  spec.tests
    .flatMap((/** @type {any} */ test) => test.results)
    .map((/** @type {any} */ result) => result.error)
    .find(Boolean);

const lineOf = (/** @type {any} */ spec) => {
  const error = errorOf(spec);
  return `${spec.file}:${error?.location?.line ?? spec.line} ${spec.title}: ${withCall(error?.message)}`;
};

/** Playwright's first line names no more than the matcher: what it waited for and what it got come after. */
const withCall = (/** @type {string | undefined} */ message = '') => {
  const told = message
    .split('\n')
    .filter((line) => /^(Locator|Expected|Received|Error: strict)/.test(firstLine(line)));
  return [message, ...told].map(firstLine).join(' · ');
};

/** @param {any} report of Playwright @returns {string[]} */
export const failuresOfPlaywright = (report) => [
  ...report.errors.map((/** @type {any} */ error) => firstLine(error.message)),
  ...report.suites
    .flatMap(specsOf)
    .filter((/** @type {any} */ spec) => !spec.ok)
    .map(lineOf),
];

/** @param {any} report of Playwright @returns {string[]} tests that passed the second time only */
export const shakyOfPlaywright = (report) =>
  report.suites
    .flatMap(specsOf)
    .filter((/** @type {any} */ spec) => spec.ok && errorOf(spec))
    .map(lineOf);
