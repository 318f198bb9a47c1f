import { describe, expect, it } from 'vitest';
import { foldNote, newRun, type Note } from './journal';

const step = (n: number) => ({
  ...{ op: 'disconnect' as const, containerId: `c${n}`, containerName: `c${n}` },
  ...{ networkId: 'n1', networkName: 'lan' },
});
const inverse = (n: number) => ({ ...step(n), op: 'connect' as const, endpoint: {} });
const about = { id: 'x', host: 0 };
const tried = (at: number, back: boolean): Note => ({
  ...{ note: 'try', ...about, at, back, existing: [] },
  inverse: back ? step(at) : inverse(at),
});
const done = (at: number, back: boolean): Note => ({ note: 'done', ...about, at, back });
const both = (back: boolean, ...steps: number[]) => steps.flatMap((at) => [tried(at, back), done(at, back)]);

function folded(...notes: Note[]) {
  const run = newRun('apply', 'me', [{ engineId: 'e1', engineName: 'atlas', steps: [0, 1, 2].map(step) }]);
  for (const note of notes) foldNote(run, note);
  const [host] = run.hosts;
  return {
    done: Array.from(host?.done ?? [], (each) => each?.inverse?.op),
    doubt: host?.doubt && { at: host.doubt.at, back: host.doubt.back },
    back: host?.back?.map((each) => 'containerId' in each && each.containerId) ?? [],
  };
}
const forth = both(false, 0, 1, 2);

describe('notes of which a full disk left a part, and which were written again after it', () => {
  it('count once where the console was killed in the midst of the second time', () => {
    expect(folded(...forth, ...both(true, 2, 1), ...both(true, 2))).toEqual({
      ...{ done: ['connect'], doubt: null, back: ['c2', 'c1'] },
    });
  });

  it('count once where the second time goes on from the first', () => {
    const all = folded(...forth, ...both(true, 2, 1), tried(0, true), ...both(true, 2, 1, 0));
    expect(all).toEqual({ done: [], doubt: null, back: ['c2', 'c1', 'c0'] });
  });

  it('leave in doubt the call that the first time ended with', () => {
    expect(folded(...forth, ...both(true, 2), tried(1, true), ...both(true, 2))).toEqual({
      ...{ done: ['connect', 'connect'], doubt: { at: 1, back: true }, back: ['c2'] },
    });
  });

  it('count once on the way forth, too', () => {
    const again = [done(0, false), ...both(false, 1), tried(2, false)];
    expect(folded(tried(0, false), ...again, ...again)).toEqual({
      ...{ done: ['connect', 'connect'], doubt: { at: 2, back: false }, back: [] },
    });
  });
});

describe('a step that was taken back', () => {
  it('can be done again', () => {
    expect(folded(...forth, ...both(true, 2, 1), ...both(false, 1))).toMatchObject({
      ...{ done: ['connect', 'connect'], doubt: null },
    });
  });
});
