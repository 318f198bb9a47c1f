// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Container } from '../../shared/model';
import { container, detail } from '../testing/fixtures';
import { createI18n } from '../i18n';
import { Since } from './Since';

const began = Date.UTC(2026, 0, 1);
const minute = 60_000;

beforeEach(() => vi.useFakeTimers({ now: began + 49_000 }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const show = (over: Partial<Container>, language: 'en' | 'zh-CN' = 'en') =>
  render(
    <I18nextProvider i18n={createI18n(language)}>
      <Since container={container('a', 'web', { detail: detail(), ...over })} />
    </I18nextProvider>,
  ).container;
const passes = (ms: number) => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

describe('how a container is', () => {
  it('stays true while time goes by', () => {
    const shown = show({});
    expect(shown.textContent).toBe('up for 49 sec');
    passes(2_000);
    expect(shown.textContent).toBe('up for 51 sec');
    passes(18 * minute);
    expect(shown.textContent).toBe('up for 18 min');
    passes(100 * minute);
    expect(shown.textContent).toBe('up for 1 hr');
  });

  it('is told in the window’s language', () => {
    const shown = show({ detail: detail({ health: 'unhealthy', restartCount: 3 }) }, 'zh-CN');
    passes(18 * minute);
    expect(shown.textContent).toBe('已运行 18 分钟 · 健康检查失败 · 已自动重启 3 次');
  });

  const ended = { startedAt: '2025-12-31T23:00:00Z', finishedAt: '2026-01-01T00:00:00Z', exitCode: 137 };
  it.each<[string, Partial<Container>]>([
    ['stopped 49 seconds ago, exit code 137', { state: 'exited', detail: detail(ended) }],
    [
      'restarting; ended 49 seconds ago, exit code 137 · restarted once by itself',
      { state: 'restarting', detail: detail({ ...ended, restartCount: 1 }) },
    ],
    ['paused; started 49 seconds ago', { state: 'paused', detail: detail({ health: 'healthy' }) }],
    ['never started', { state: 'created', detail: detail({ startedAt: '' }) }],
    ['being removed', { state: 'removing', detail: detail(ended) }],
    ['up for 49 sec · healthy', { detail: detail({ health: 'healthy' }) }],
    // Nothing is made up: no times yet, none in the record, or a state that is new.
    ['running', { detail: null }],
    ['exited', { state: 'exited', detail: detail({ finishedAt: '' }) }],
    ['unknown', { state: 'unknown' }],
  ])('reads “%s”', (words, over) => {
    expect(show(over).textContent).toBe(words);
  });

  it('is not told from a clock that is ahead as a time to come', () => {
    expect(show({ detail: detail({ startedAt: '2026-01-01T00:10:00Z' }) }).textContent).toBe('up for 0 sec');
  });
});
