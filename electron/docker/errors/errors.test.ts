import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/model';
import { engineTextOf, problemOfAnswer, problemOfDeadline, problemOfFailure } from './errors';

const context = { engineId: 'e1', endpoint: 'unix:///x.sock', method: 'GET' };
const answer = (status: number, body: string) => problemOfAnswer(status, body, context).problem;
const failure = (code: string) =>
  problemOfFailure(Object.assign(new Error(`connect ${code} /x.sock`), { code }), context).problem;

describe('an error answer', () => {
  it('keeps the engine’s words untouched beside the code', () => {
    expect(answer(403, '{"message":"Address already in use"}')).toMatchObject({
      code: 'address_in_use',
      engineId: 'e1',
      engineText: 'Address already in use',
      params: { status: 403 },
    });
  });

  it('shows words that nobody knows as they came', () => {
    expect(answer(500, '{"message":"the flux capacitor is empty"}')).toMatchObject({
      code: 'engine_error',
      message: 'The engine on the host refused the request.',
      engineText: 'the flux capacitor is empty',
    });
    expect(answer(500, '').message).toContain('500');
  });

  it('tells a proxy in front of the engine from the engine', () => {
    expect(answer(403, '<html><body>Request forbidden by administrative rules.</body></html>').code).toBe(
      'engine_permission',
    );
    expect(answer(401, '{"message":"authorization denied"}').code).toBe('engine_permission');
    expect(answer(403, '{"message":"something new"}').code).toBe('engine_error');
  });

  it('finds the sentence in any layout', () => {
    expect(engineTextOf('{"message":"a"}')).toBe('a');
    expect(engineTextOf('{"cause":"b","message":"c"}')).toBe('c');
    expect(engineTextOf('plain words\n')).toBe('plain words');
    expect(engineTextOf('{"broken')).toBe('{"broken');
    expect(engineTextOf('{"message":7}')).toBe('{"message":7}');
  });
});

describe('a call without an answer', () => {
  it.each([
    ['ENOENT', 'engine_unreachable'],
    ['ECONNREFUSED', 'engine_unreachable'],
    ['ECONNRESET', 'engine_unreachable'],
    ['ENOTFOUND', 'engine_unreachable'],
    ['EHOSTUNREACH', 'engine_unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'engine_unreachable'],
    ['HPE_INVALID_CONSTANT', 'engine_unreachable'],
    ['EMADEUP', 'engine_unreachable'],
    ['ETIMEDOUT', 'engine_timeout'],
    ['EACCES', 'engine_permission'],
    ['EPERM', 'engine_permission'],
  ])('%s is %s, with what to do about it', (code, expected) => {
    expect(failure(code)).toMatchObject({
      code: expected,
      engineId: 'e1',
      engineText: `connect ${code} /x.sock`,
      hint: expect.stringMatching(/\w{4}.*\.$/) as string,
    });
  });

  it('passes a problem through, and takes what is no error', () => {
    const problem = new ProblemError({ code: 'not_connected', message: 'x' });
    expect(problemOfFailure(problem, context).problem).toEqual({ ...problem.problem, engineId: 'e1' });
    const placed = new ProblemError({ ...problem.problem, engineId: 'other' });
    expect(problemOfFailure(placed, context)).toBe(placed);
    expect(problemOfFailure('odd', context).problem).toMatchObject({ engineText: 'odd' });
  });

  it('warns that an unanswered change may have been made', () => {
    expect(problemOfDeadline(15_000, { ...context, method: 'POST' }).problem.hint).toContain(
      'look at the result before',
    );
    expect(problemOfDeadline(15_000, context).problem).toMatchObject({
      code: 'engine_timeout',
      params: { seconds: 15 },
    });
    expect(problemOfDeadline(15_000, context).problem.hint).not.toContain('look at the result before');
  });
});
