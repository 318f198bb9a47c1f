import { describe, expect, it } from 'vitest';
import en from '../../views/change/words/en';
import zh from '../../views/change/words/zh-CN';
import enSegments from '../../views/segments/words/en';
import zhSegments from '../../views/segments/words/zh-CN';
import { outcomeOf } from './outcome';

describe('what is left of a change that failed', () => {
  it.each([
    ['put back, but for something', 'address_in_use', 2, undefined, 'rolledBackExcept'],
    ['as before, where the engine refused its first step', 'parent_missing', 1, undefined, 'rolledBack'],
    ['as before, as its record says', 'engine_error', undefined, 'rolled-back', 'rolledBack'],
    ['not put back', 'rollback_failed', 0, undefined, 'notRolledBack'],
    ['not put back, whatever the cause', 'verify_failed', 0, 'failed', 'notRolledBack'],
    ['told by the problem, where it waits for a decision', 'change_interrupted', 0, 'interrupted', null],
    [
      'as before, where its record says so though the console is gone',
      'console',
      undefined,
      'rolled-back',
      'rolledBack',
    ],
    ['not known, where the way to the console broke', 'console', undefined, undefined, 'unknown'],
    ['not known, where it was under way then', 'console', undefined, 'applying', 'unknown'],
    ['unchanged, where it did not even begin', 'plan_stale', undefined, undefined, 'unchanged'],
  ] as const)('is %s', (_what, code, rolledBack, state, key) => {
    const params: Record<string, number> = rolledBack === undefined ? {} : { rolledBack };
    const told =
      code === 'console'
        ? { code: 'engine_unreachable' as const, params: { context: code } }
        : { code: code as 'internal', params };
    expect(outcomeOf(told, state && { state })).toBe(key);
  });

  it('is put back but for something, as its record says', () => {
    const exceptions = [{ network: 'lan', field: '', before: '', after: '' }];
    const told = { code: 'engine_error' as const };
    expect(outcomeOf(told, { state: 'rolled-back', exceptions })).toBe('rolledBackExcept');
  });

  it('is said in the same words by the dialogs and by the log', () => {
    expect([en.failed.rolledBack, en.log.states['rolled-back'], en.log.except['rolled-back']]).toEqual([
      'Everything is as before.',
      'as before',
      'As before, except:',
    ]);
    expect([enSegments.failed.rolledBack, enSegments.outcomes.failed]).toEqual([
      'Every host is as before.',
      'failed, as before',
    ]);
    for (const text of [
      zh.failed.rolledBack,
      zh.log.states['rolled-back'],
      zh.log.except['rolled-back'],
      zhSegments.failed.rolledBack,
      zhSegments.outcomes.failed,
    ])
      expect(text).toContain('与更改前相同');
  });
  it('is not told as the state before where it was left as it stood', () => {
    const left = [en.log.states.kept, en.recover.settled.keep, enSegments.outcomes.left];
    expect(left).toEqual(['left as it stood', 'Left as it stood', 'left as it stood']);
    for (const text of [zh.log.states.kept, zh.recover.settled.keep, zhSegments.outcomes.left])
      expect(text).toContain('中断时的样子');
  });
});
