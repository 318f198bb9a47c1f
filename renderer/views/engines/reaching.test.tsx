// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fail, ok, type EngineTest, type Result } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { fill } from '../../testing/fill';
import { configList, configOf } from '../../testing/fake-engines';
import { engine } from '../../testing/fixtures';
import {
  answer,
  changedKey,
  field,
  locked,
  offline,
  open,
  openForm,
  row,
  settings,
  unknownKey,
  type TestInput,
} from './testing';

prepareDom();

describe('a test of the connection', () => {
  const ssh = async (test: (input: TestInput) => Result<EngineTest>, keychain = false) => {
    const window = await openForm(
      [engine('a')],
      { engines: configList([configOf('a')], { keychain }) },
      test,
    );
    await window.user.click(screen.getByTestId('kind-ssh'));
    await fill(window.user, field('sshHost'), 'atlas');
    await window.user.click(screen.getByTestId('engine-test'));
    return window;
  };

  it('shows who answered, and forgets it when the connection is edited', async () => {
    const { user } = await ssh(() => ok({ ...answer, sameAs: 'a' }));
    const shown = await screen.findByTestId('test-answer');
    expect(shown.textContent).toContain('Docker 29.7.2, API 1.55');
    expect(shown.textContent).toContain('the same engine as a');
    await user.type(field('sshHost'), '2');
    expect(screen.queryByTestId('test-answer')).toBeNull();
  });

  it('shows how far it came', async () => {
    await ssh(() => fail(problem('ssh_auth_failed', { user: 'ada', host: 'atlas', tried: 'agent' })));
    const stages = await screen.findByRole('list', { name: 'How far it came' });
    expect(within(stages).getByText('Signed in').dataset.state).toBe('failed');
  });

  it('does not say that it goes on trying, which only the host’s own connection does', async () => {
    const away = problem('engine_timeout', { context: 'connecting', host: 'atlas', endpoint: 'ssh://atlas' });
    await ssh(() => fail(away));
    const failed = await screen.findByTestId('test-failed');
    expect(failed.textContent).toContain('no firewall drops the packets.');
    expect(failed.textContent).not.toContain('tried again');
  });

  it('accepts an unknown key by its fingerprint, and no other', async () => {
    const { user, calls } = await ssh(({ trust }) => (trust ? ok(answer) : fail(unknownKey)));
    expect((await screen.findByTestId('host-key')).textContent).toContain('SHA256:abc');
    expect(screen.getByText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).toBeTruthy();
    await user.click(screen.getByTestId('trust-key'));
    await screen.findByTestId('test-answer');
    await user.click(screen.getByTestId('engine-test'));
    await screen.findByTestId('host-key');
    const tried = calls('engines.test').map((each) => (each as TestInput).trust);
    expect(tried).toEqual([undefined, 'SHA256:abc', undefined]);
  });

  it('does not take a passphrase along to another host', async () => {
    const { user, calls } = await ssh(({ passphrase }) => (passphrase ? ok(answer) : fail(locked)));
    await user.type(await screen.findByTestId('passphrase'), 'correct horse{Enter}');
    await screen.findByTestId('test-answer');
    await user.type(field('sshHost'), '2');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() => expect(calls('engines.add')).toHaveLength(1));
    expect(calls('engines.unlock')).toEqual([]);
  });

  it('refuses a changed key, with nothing to accept', async () => {
    await ssh(() => fail(changedKey));
    expect((await screen.findByTestId('host-key-changed')).textContent).toContain('has changed');
    expect(screen.queryByTestId('trust-key')).toBeNull();
  });

  it('asks for a passphrase, and unlocks the host with it once it is added', async () => {
    const { user, calls } = await ssh(({ passphrase }) => (passphrase ? ok(answer) : fail(locked)), true);
    await fill(user, await screen.findByTestId('passphrase'), 'correct horse');
    await user.click(screen.getByTestId('remember'));
    await user.keyboard('{Tab}');
    await user.click(screen.getByTestId('passphrase-try'));
    await screen.findByTestId('test-answer');
    await user.click(screen.getByTestId('apply'));
    await waitFor(() =>
      expect(calls('engines.unlock')).toEqual([
        { engineId: 'added-2', passphrase: 'correct horse', remember: true },
      ]),
    );
  });

  it('offers no keychain where there is none', async () => {
    await ssh(() => fail(locked));
    await screen.findByTestId('passphrase');
    expect(screen.queryByTestId('remember')).toBeNull();
  });
});

describe('a host that is offline', () => {
  it('leads to its key, which is accepted as it was shown', async () => {
    const { user, calls } = open([offline('a', unknownKey)], settings('a'));
    await user.click(await row('a').then((each) => each.getByTestId('engine-key-a')));
    await user.click(await screen.findByTestId('trust-key'));
    expect(calls('engines.trust')).toEqual([{ engineId: 'a', fingerprint: 'SHA256:abc' }]);
  });

  it('is unlocked with its passphrase; a wrong one is told', async () => {
    const wrong = problem('ssh_passphrase_wrong', { file: '/home/ada/.ssh/id' });
    const { user, calls } = open([offline('a', locked)], {
      ...settings('a'),
      overrides: {
        'engines.unlock': ({ passphrase }) => (passphrase === 'right' ? ok({}) : fail(wrong)),
      },
    });
    await user.click(await row('a').then((each) => each.getByTestId('engine-unlock-a')));
    await user.type(await screen.findByTestId('passphrase'), 'wrong{Enter}');
    expect(await screen.findByText(/does not open the SSH key/)).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>('passphrase').value).toBe('');
    await user.type(screen.getByTestId('passphrase'), 'right{Enter}');
    await screen.findByTestId('engines-dialog');
    expect(calls('engines.unlock')).toHaveLength(2);
  });

  it('is edited where its settings are at fault, and only where they are the window’s', async () => {
    const untrusted = problem('tls_untrusted', { host: 'a' });
    open([offline('a', untrusted), offline('b', untrusted)], {
      engines: configList([configOf('a'), configOf('b', { source: 'argument' })]),
    });
    const own = await row('a');
    expect(own.getByText('Edit host…')).toBeTruthy();
    const other = within(screen.getByTestId('engine-row-b'));
    expect(other.queryByText('Edit host…')).toBeNull();
    expect(other.getByTestId('engine-retry-b')).toBeTruthy();
  });
});
