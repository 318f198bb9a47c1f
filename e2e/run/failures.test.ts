import { describe, expect, it } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest, shakyOfPlaywright, shakyOfVitest } from './failures.mjs';

describe('what failed, in a line each', () => {
  it('names tests, and files that do not load, of Vitest', () => {
    const report = {
      testResults: [
        {
          name: '/a.test.ts',
          status: 'failed',
          message: '\u001b[31mcan’t load\u001b[0m\nat x',
          assertionResults: [],
        },
        {
          name: '/b.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'b works' },
            { status: 'failed', fullName: 'b breaks', failureMessages: ['\nAssertionError: no\n  at y'] },
          ],
        },
      ],
    };
    expect(failuresOfVitest(report)).toEqual(['/a.test.ts: can’t load', 'b breaks: AssertionError: no']);
  });

  it('names place, matcher and what was got of Playwright, in nested suites, too', () => {
    const error = {
      message: 'Error: expect(locator).toBeVisible() failed\n\nLocator: getByTestId(‘x’)\nReceived: hidden',
      location: { line: 12 },
    };
    const spec = (ok: boolean) => ({
      ok,
      title: 'shows x',
      file: 'x.spec.ts',
      line: 3,
      tests: [{ results: [ok ? {} : { error }] }],
    });
    const report = { errors: [], suites: [{ specs: [spec(true)], suites: [{ specs: [spec(false)] }] }] };
    expect(failuresOfPlaywright(report)).toEqual([
      'x.spec.ts:12 shows x: Error: expect(locator).toBeVisible() failed · Locator: getByTestId(‘x’) · Received: hidden',
    ]);
  });

  it('names what passed the second time only, and counts it to no failures', () => {
    const vitest = {
      testResults: [
        {
          status: 'passed',
          assertionResults: [
            { status: 'passed', fullName: 'works', failureMessages: [] },
            { status: 'passed', fullName: 'works at last', failureMessages: ['Error: not yet'] },
          ],
        },
      ],
    };
    expect(shakyOfVitest(vitest)).toEqual(['works at last: Error: not yet']);
    expect(failuresOfVitest(vitest)).toEqual([]);
    const results = [{ error: { message: 'Error: late' } }, {}];
    const specs = [
      { ok: true, title: 'shows x', file: 'x.spec.ts', line: 3, tests: [{ results }] },
      { ok: true, title: 'shows y', file: 'x.spec.ts', line: 9, tests: [{ results: [{}] }] },
    ];
    const playwright = { errors: [], suites: [{ specs }] };
    expect(shakyOfPlaywright(playwright)).toEqual(['x.spec.ts:3 shows x: Error: late']);
    expect(failuresOfPlaywright(playwright)).toEqual([]);
  });
});
