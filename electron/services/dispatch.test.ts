import { expect, it, vi } from 'vitest';
import { commandNames, isDesktopOnly, type ServedHandlers } from '../../shared/contract';
import { dispatch } from './dispatch';

it.each(commandNames.filter(isDesktopOnly))(
  '%s does not exist where nothing but the desktop has it',
  async (name) => {
    const report = vi.fn();
    // What is sent is not even looked at.
    const answer = await dispatch({} as ServedHandlers, name, { kind: 7 }, report);
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'unknown_command', params: { command: name } },
    });
    expect(report).not.toHaveBeenCalled();
  },
);

it('a command that changes an engine is told as what it is in a read-only console', async () => {
  const answer = await dispatch({} as ServedHandlers, 'change.apply', {}, vi.fn());
  expect(answer).toMatchObject({ ok: false, error: { code: 'read_only' } });
});
