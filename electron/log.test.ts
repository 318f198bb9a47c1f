import { expect, it, vi } from 'vitest';
import { report } from './compose';
import { log, logText } from './log';

it('nothing of a text acts on the terminal, nor passes for a line of our own', () => {
  const escape = String.fromCharCode(27);
  const text = logText(`gone${escape}]0;X\u0007\r[trunkline] all is well\n[trunkline] fine\r\nend`);
  expect(text).toBe('gone�]0;X�\n  [trunkline] all is well\n  [trunkline] fine\n  end');
});

it('holds for whatever is reported, its cause included', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const cause = new Error('because\n[trunkline] of this');
  report(Object.assign(new Error('first\n[trunkline] second', { cause }), { stack: undefined }));
  log('third\r[trunkline] fourth');
  const lines = written.mock.calls.flatMap(([text]) => String(text).split(/[\r\n]/));
  expect(lines.filter((line) => line.startsWith('[trunkline]'))).toEqual([
    '[trunkline] first',
    '[trunkline] third',
  ]);
});
