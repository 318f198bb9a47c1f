import * as crypto from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { beforeEach, expect, it, vi } from 'vitest';
import { WebAuth } from './auth';
import { Sessions } from './sessions';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const compared = vi.mocked(crypto.timingSafeEqual);
beforeEach(() => void compared.mockClear());

const auth = () => {
  const one = new WebAuth({ secure: false, sessions: new Sessions(null) });
  one.listensOn(1, new Set());
  return one;
};
const sending = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

it('tokens are compared in a time that says nothing of them, whatever their length', () => {
  const one = auth();
  const right = one.issueOneTimeToken();
  const guesses = ['', 'x', right.slice(0, -1), `${right}x`, `x${right.slice(1)}`];
  for (const guess of guesses) expect(one.redeem(guess)).toBeNull();
  for (const guess of guesses) expect(one.caller(sending({ authorization: `Bearer ${guess}` }))).toBeNull();
  expect(compared).toHaveBeenCalledTimes(2 * guesses.length);
  for (const [a, b] of compared.mock.calls) expect([a.byteLength, b.byteLength]).toEqual([32, 32]);
  expect(one.caller(sending({ authorization: `Bearer ${one.bearer}` }))).toBe('bearer');
});

it('a one-time token opens once, and a newer one makes it void', () => {
  const one = auth();
  const older = one.issueOneTimeToken();
  const newer = one.issueOneTimeToken();
  expect(one.redeem(older)).toBeNull();
  const cookie = one.redeem(newer) ?? '';
  expect(cookie).toMatch(/^trunkline_1=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(one.redeem(newer)).toBeNull();
  expect(one.caller(sending({ cookie: `other=1; ${cookie.split(';')[0]}` }))).not.toBeNull();
  expect(one.caller(sending({ cookie: 'trunkline_1=' }))).toBeNull();
});
