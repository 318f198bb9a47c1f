import { describe, expect, it } from 'vitest';
import { humanDuration, statusText } from './status-text';

const now = Date.parse('2026-11-22T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();

describe('statusText', () => {
  it.each([
    [{ Status: 'running', StartedAt: ago(180) }, 'Up 3 minutes'],
    [{ Status: 'paused', Paused: true, StartedAt: ago(5) }, 'Up 5 seconds (Paused)'],
    [{ Status: 'running', StartedAt: ago(65), Health: { Status: 'healthy' } }, 'Up About a minute (healthy)'],
    [
      { Status: 'running', StartedAt: ago(1), Health: { Status: 'starting' } },
      'Up 1 second (health: starting)',
    ],
    [{ Status: 'exited', ExitCode: 137, FinishedAt: ago(7200) }, 'Exited (137) 2 hours ago'],
    [{ Status: 'restarting', ExitCode: 1, FinishedAt: ago(0) }, 'Restarting (1) Less than a second ago'],
    [{ Status: 'created', StartedAt: '0001-01-01T00:00:00Z' }, 'Created'],
    [{ Status: 'dead' }, 'Dead'],
    [{ Status: 'removing' }, 'Removal In Progress'],
    [{ Status: 'stopping' }, 'stopping'],
    [null, ''],
  ])('words %j as "%s"', (state, text) => {
    expect(statusText(state, now)).toBe(text);
  });

  it('does not go below zero when the clock of the host is ahead', () => {
    expect(statusText({ Status: 'running', StartedAt: ago(-30) }, now)).toBe('Up Less than a second');
  });
});

it.each([
  [3 * 24, '3 days'],
  [15 * 24, '2 weeks'],
  [90 * 24, '3 months'],
  [3 * 365 * 24, '3 years'],
  [1, 'About an hour'],
])('%d hours read "%s"', (hours, text) => {
  expect(humanDuration(hours * 3_600_000)).toBe(text);
});
