// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { configList, configOf } from '../../testing/fake-engines';
import { engine, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

function open(options: Parameters<typeof renderWindow>[1]) {
  const window = renderWindow({ ...twoHosts(), engines: [engine('a')] }, options);
  act(() => window.stores.ui.setState({ dialog: { kind: 'engines' } }));
  const calls = (name: string) =>
    window.api.calls.filter((each) => each.name === name).map((each) => each.input);
  return { ...window, calls };
}

describe('passphrases that are remembered', () => {
  const key = '/home/ada/.ssh/id';
  const far = configOf('a', { name: 'Far', connection: { kind: 'ssh', host: 'far', keyFile: key } });
  const listed = (...passphrases: ('keychain' | 'memory')[]) =>
    configList([far], {
      keychain: true,
      passphrases: passphrases.map((kept, n) => ({ file: n === 0 ? key : '/home/ada/.ssh/id2', kept })),
    });

  it('are shown with where they are kept and whom they serve, and forgotten one by one', async () => {
    const { user, calls } = open({ engines: listed('keychain', 'memory') });
    const [first, second] = await screen.findAllByTestId('remembered');
    expect(first?.textContent).toContain(`${key}in the system’s keychain · for Far`);
    expect(second?.textContent).toContain('until the console ends');
    expect(second?.textContent).not.toContain('for Far');
    expect(screen.getByText(/asked for again at the next connection/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: `Forget the passphrase of ${key}` }));
    expect(calls('engines.forget')).toEqual([{ file: key }]);
    await waitFor(() => expect(screen.getAllByTestId('remembered')).toHaveLength(1));
    await user.click(screen.getByTestId('forget-passphrase'));
    await waitFor(() => expect(screen.queryByText('Remembered passphrases')).toBeNull());
  });

  it('stay, and it is told, where the keychain does not let go of one', async () => {
    const full = problem('storage_failed', { file: 'keychain.json', detail: 'ENOSPC' });
    const { user } = open({
      engines: listed('keychain'),
      overrides: { 'engines.forget': () => fail(full) },
    });
    await user.click(await screen.findByTestId('forget-passphrase'));
    expect(await screen.findByText(/keychain\.json/)).toBeTruthy();
    expect(screen.getAllByTestId('remembered')).toHaveLength(1);
  });

  it('are none: nothing is said of them', async () => {
    open({ engines: listed() });
    await screen.findByTestId('engine-row-Far');
    expect(screen.queryByText('Remembered passphrases')).toBeNull();
  });
});
