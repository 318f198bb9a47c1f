import { act, screen, within } from '@testing-library/react';
import type { CommandArgs } from '../../../shared/contract';
import { ok, type Engine, type EngineTest, type Problem, type Result } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { configList, configOf } from '../../testing/fake-engines';
import { engine, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

export const unknownKey = problem('ssh_host_unknown', {
  host: 'atlas',
  type: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
});
export const changedKey = problem('ssh_host_changed', {
  host: 'atlas',
  fingerprint: 'SHA256:evil',
  file: '/home/ada/.ssh/known_hosts',
  line: 3,
});
export const locked = problem('ssh_passphrase_needed', { file: '/home/ada/.ssh/id' });
/** What a test of a connection gives that went well. */
export const answer: EngineTest = {
  ...{ name: 'atlas', product: 'docker', version: '29.7.2', apiVersion: '1.55', os: 'Debian 13' },
  milliseconds: 12.4,
};

export type TestInput = CommandArgs<'engines.test'>;

/** The list of hosts, opened. */
export function open(
  engines: Engine[],
  options: Parameters<typeof renderWindow>[1] = {},
  test: (input: TestInput) => Result<EngineTest> = () => ok(answer),
) {
  const window = renderWindow(
    { ...twoHosts(), engines },
    { ...options, overrides: { 'engines.test': test, ...options.overrides } },
  );
  act(() => window.stores.ui.setState({ dialog: { kind: 'engines' } }));
  const calls = (name: string) =>
    window.api.calls.filter((each) => each.name === name).map((each) => each.input);
  return { ...window, calls };
}

export const settings = (...ids: string[]) => ({ engines: configList(ids.map((id) => configOf(id))) });
export const offline = (id: string, why: Problem) => engine(id, { state: 'offline', problem: why });
export const field = (id: string) => screen.getByTestId<HTMLInputElement>(`engine-${id}`);

export const row = async (name: string) => within(await screen.findByTestId(`engine-row-${name}`));

/** The form, opened by its button from the list. */
export async function openForm(...args: Parameters<typeof open>) {
  const window = open(...args);
  await window.user.click(await screen.findByTestId('add-host'));
  await screen.findByTestId('engine-form');
  return window;
}
