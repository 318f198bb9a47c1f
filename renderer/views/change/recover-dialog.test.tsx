// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  fail,
  ok,
  type ChangeRecord,
  type HostResult,
  type RecoverAction,
  type Step,
} from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const web = { containerId: 'web-id', containerName: 'web' };
const lan = { networkId: 'lan-id', networkName: 'lan' };
const iot = { networkId: 'iot-id', networkName: 'iot' };
const connect: Step = { op: 'connect', ...web, ...iot, endpoint: { ipv4: '10.70.2.5' } };
const disconnect: Step = { op: 'disconnect', ...web, ...lan };
const back: Step[] = [
  { op: 'connect', ...web, ...lan, endpoint: { ipv4: '10.70.1.5' } },
  { op: 'disconnect', ...web, ...iot },
];

/** A move whose first step holds, and of whose second nobody knows. */
const cutOff = (patch: Partial<ChangeRecord> = {}, host: Partial<HostResult> = {}): ChangeRecord => ({
  id: 'cut',
  at: Date.UTC(2026, 0, 1),
  who: 'ada',
  request: {
    kind: 'move',
    engineId: 'a',
    containerId: 'web-id',
    fromNetworkId: 'lan-id',
    toNetworkId: 'iot-id',
  },
  hosts: [
    {
      ...{ engineId: 'a', engineName: 'a', steps: [connect, disconnect], state: 'interrupted', stepsDone: 1 },
      recovery: { doubtful: true, finish: [disconnect], rollBack: back },
      ...host,
    },
  ],
  state: 'interrupted',
  undoable: false,
  ...patch,
});

type Shown = Parameters<typeof renderWindow>[1] & { record?: ChangeRecord };

/** The window with the banner of what was cut off. */
async function show({ record, overrides, ...others }: Shown = {}) {
  const shown = renderWindow(twoHosts(), {
    ...others,
    overrides: {
      'change.list': () => ok([record ?? cutOff()]),
      ...overrides,
    },
  });
  return { ...shown, banner: within(await screen.findByTestId('cut-off-cut')) };
}
const dialog = async () => within(await screen.findByTestId('recover-dialog'));
const asked = (calls: { name: string; input: unknown }[]) =>
  calls.filter(({ name }) => name.endsWith('.recover'));
const sent = (action: RecoverAction, { hosts } = cutOff()) => [
  { name: 'change.recover', input: { id: 'cut', action, seen: hosts } },
];
const texts = (items: HTMLElement[]) => items.map((each) => each.textContent);
const gone = () => waitFor(() => expect(screen.queryByTestId('recover-dialog')).toBeNull());

describe('a change that was cut off', () => {
  it('says how far it came and of which step nobody knows', async () => {
    const { banner } = await show();
    const text = screen.getByTestId('cut-off-cut').textContent;
    expect(text).not.toContain('steps are done.');
    expect(text).toMatch(
      /1 of 2 steps are known to be done; whether “.*web.*lan.*” was done as well is not known\./,
    );
    expect(banner.getAllByRole('button').map((each) => each.textContent)).toEqual([
      'Finish',
      'Roll back',
      'Leave as it is',
    ]);
  });

  it('is finished: what will be done is shown first, then sent, then told', async () => {
    const { api, user, banner, stores } = await show({
      overrides: { 'change.recover': () => ok(cutOff({ state: 'applied' })) },
    });
    await user.click(banner.getByTestId('recover-finish'));
    const steps = within(await (await dialog()).findByTestId('recover-steps')).getAllByRole('listitem');
    expect(texts(steps)).toEqual([expect.stringMatching(/web.*lan.*Perhaps done/)]);
    expect(asked(api.calls)).toEqual([]);
    await user.click((await dialog()).getByTestId('apply'));
    await gone();
    const toast = (await screen.findByText('Finished')).parentElement;
    expect(toast?.textContent).toMatch(/ on (a|atlas)$/);
    expect(asked(api.calls)).toEqual(sent('finish'));
    act(() => stores.preferences.setState({ language: 'zh-CN' }));
    await waitFor(() => expect(toast?.textContent).toMatch(/^已.*将 web .*移/));
  });

  it('does nothing that was not read: what it has come to meanwhile is shown first', async () => {
    const recovery = { doubtful: false, finish: [connect, disconnect], rollBack: [] };
    const further = cutOff({}, { recovery, stepsDone: 0 });
    let now = cutOff();
    const { api, user, banner } = await show({
      overrides: {
        'change.list': () => ok([now]),
        'change.recover': () => ok(cutOff({ state: 'applied' })),
      },
    });
    await user.click(banner.getByTestId('recover-finish'));
    now = further;
    await user.click((await dialog()).getByTestId('apply'));
    expect(await (await dialog()).findByTestId('unread')).toBeTruthy();
    expect(asked(api.calls)).toEqual([]);
    const steps = within((await dialog()).getByTestId('recover-steps')).getAllByRole('listitem');
    expect(steps).toHaveLength(2);
    await user.click((await dialog()).getByTestId('apply'));
    await gone();
    expect(asked(api.calls)).toHaveLength(1);
  });

  it('is taken back by its inverse steps', async () => {
    const { api, user, banner } = await show({
      overrides: { 'change.recover': () => ok(cutOff({ state: 'rolled-back' })) },
    });
    await user.click(banner.getByTestId('recover-roll-back'));
    const steps = within(await (await dialog()).findByTestId('recover-steps')).getAllByRole('listitem');
    expect(steps).toHaveLength(2);
    await user.click((await dialog()).getByTestId('apply'));
    expect(await screen.findByText('Taken back')).toBeTruthy();
    expect(asked(api.calls)).toEqual(sent('roll-back'));
  });

  it('is left as it is only after it was said what that means', async () => {
    const { api, user, banner } = await show({
      overrides: { 'change.recover': () => ok(cutOff({ state: 'kept' })) },
    });
    await user.click(banner.getByTestId('recover-keep'));
    expect((await dialog()).getByText(/can’t be finished or taken back later/)).toBeTruthy();
    expect(screen.queryByTestId('recover-steps')).toBeNull();
    await user.click((await dialog()).getByTestId('apply'));
    expect(await screen.findByText('Left as it stood')).toBeTruthy();
    expect(asked(api.calls)).toEqual(sent('keep'));
  });

  it('says of a link of a shim that is left that it stays, as far as it is there', async () => {
    const shim = { name: 'tl-lan-id', parent: 'eth1', address: '10.70.1.3', routes: [] };
    const rollBack: Step[] = [{ op: 'remove-shim', ...lan, shim }];
    const recovery = { doubtful: true, finish: [], rollBack };
    const { user, banner } = await show({ record: cutOff({}, { recovery }) });
    await user.click(banner.getByTestId('recover-keep'));
    const told = (await dialog()).getByTestId('recover-link-stays').textContent;
    expect(told).toContain('If the link tl-lan-id is on a, it stays there.');
  });

  it('can’t be finished where there is no way, and says so; nothing is sent', async () => {
    const recovery = { doubtful: false, finish: null, rollBack: [] };
    const { api, user, banner } = await show({ record: cutOff({}, { recovery }) });
    await user.click(banner.getByTestId('recover-finish'));
    expect((await dialog()).getByText(/This is not possible/)).toBeTruthy();
    expect((await dialog()).getByTestId<HTMLButtonElement>('apply').disabled).toBe(true);
    await user.keyboard('{Enter}');
    expect(asked(api.calls)).toEqual([]);
  });

  it('with nothing left to do is only read back', async () => {
    const { user, banner } = await show({
      record: cutOff({}, { stepsDone: 2, recovery: { doubtful: false, finish: [], rollBack: back } }),
    });
    await user.click(banner.getByTestId('recover-finish'));
    expect((await dialog()).getByText('Nothing but reading the engine back.')).toBeTruthy();
  });

  it('that was being undone offers to go on with that first', async () => {
    const { banner } = await show({ record: cutOff({ wasUndoing: true }) });
    expect(banner.getAllByRole('button').map((each) => each.textContent)).toEqual([
      'Finish undoing',
      'Keep the change',
      'Leave as it is',
    ]);
  });
});

describe('one that was being undone', () => {
  const marks = async () =>
    [...(await dialog()).getByTestId('recover-on-a').querySelector('ol')!.children].map((each) => [
      (each as HTMLElement).dataset.state,
      /taken back/i.test(each.textContent),
    ]);

  it('of which nothing stands any more says that all is taken back', async () => {
    const recovery = { doubtful: false, finish: [connect, disconnect], rollBack: [] };
    const record = cutOff({ wasUndoing: true }, { stepsDone: 0, recovery });
    const { user, banner } = await show({ record });
    expect(screen.getByTestId('cut-off-cut').textContent).toContain('2 of 2 steps are taken back.');
    await user.click(banner.getByTestId('recover-roll-back'));
    expect(await marks()).toEqual([
      ['back', true],
      ['back', true],
    ]);
  });

  it('says of which step nobody knows whether it is taken back', async () => {
    const recovery = { doubtful: true, finish: [disconnect], rollBack: back };
    const record = cutOff({ wasUndoing: true }, { stepsDone: 1, recovery });
    const { user, banner } = await show({ record });
    expect(screen.getByTestId('cut-off-cut').textContent).toMatch(
      /0 of 2 steps are known to be taken back; whether “.*web.*lan.*” was taken back as well is not known\./,
    );
    await user.click(banner.getByTestId('recover-roll-back'));
    expect(await marks()).toEqual([
      ['done', false],
      ['backDoubt', true],
    ]);
  });

  it('tells with what it was not taken back, in the words of the log', async () => {
    const exceptions = [{ engineId: 'a', network: 'lan', field: '', before: '', after: '' }];
    const { user, banner } = await show({
      record: cutOff({ wasUndoing: true }),
      overrides: { 'change.recover': () => ok(cutOff({ state: 'undone', exceptions })) },
    });
    await user.click(banner.getByTestId('recover-roll-back'));
    await user.click((await dialog()).getByTestId('apply'));
    const toast = (await screen.findByText('Taken back')).parentElement;
    expect(toast?.textContent).toMatch(/Undone, except: lan: could not be compared with what was before$/);
  });
});

describe('a host that is off the list', () => {
  const host = cutOff().hosts[0]!;
  const other = { ...host, engineId: 'gone', engineName: 'boreas' };
  it.each([
    ['finish', 'partial', 'done', 'Finished, except on some hosts'],
    ['roll-back', 'rolled-back', 'rolled-back', 'Taken back, except on some hosts'],
  ] as const)('is told with how it was left: %s', async (action, state, here, title) => {
    const hosts: HostResult[] = [
      { ...host, state: here },
      { ...other, state: 'left' },
    ];
    const { user, banner } = await show({
      record: cutOff({ hosts: [host, other] }),
      overrides: { 'change.recover': () => ok(cutOff({ state, hosts })) },
    });
    await user.click(banner.getByTestId(`recover-${action}`));
    await user.click((await dialog()).getByTestId('apply'));
    const toast = (await screen.findByText(title)).parentElement;
    expect(toast?.textContent).toMatch(/; boreas: left as it stood$/);
  });
});

describe('what goes wrong on the way', () => {
  it('is told in the dialog, which stays; the next attempt starts clean', async () => {
    let fails = true;
    const lost = fail({
      code: 'engine_unreachable',
      message: 'x',
      params: { host: 'a' },
      engineText: 'EOF',
    } as const);
    const { api, user, banner } = await show({
      overrides: { 'change.recover': () => (fails ? lost : ok(cutOff({ state: 'applied' }))) },
    });
    await user.click(banner.getByTestId('recover-finish'));
    await user.click((await dialog()).getByTestId('apply'));
    expect(await screen.findByText('The engine on a does not answer.')).toBeTruthy();
    expect(screen.getByText('It did not work')).toBeTruthy();
    fails = false;
    await user.click((await dialog()).getByTestId('apply'));
    await gone();
    expect(asked(api.calls)).toHaveLength(2);
  });

  it('the dialog can’t be closed while it is carried out, and is sent once', async () => {
    let answer: (value: ReturnType<typeof ok<ChangeRecord>>) => void = () => {};
    const { api, user, banner } = await show({
      overrides: { 'change.recover': () => new Promise((resolve) => (answer = resolve)) },
    });
    await user.click(banner.getByTestId('recover-finish'));
    const apply = (await dialog()).getByTestId('apply');
    await user.click(apply);
    await user.click(apply);
    await user.keyboard('{Escape}{Enter}');
    expect(screen.queryByTestId('recover-dialog')).not.toBeNull();
    expect(asked(api.calls)).toHaveLength(1);
    // The engine's new record may be here before the answer is.
    act(() => api.push('change.recorded', cutOff({ state: 'applied' })));
    expect(screen.queryByTestId('recover-dialog')).not.toBeNull();
    answer(ok(cutOff({ state: 'applied' })));
    await gone();
    expect(screen.queryByTestId('cut-off-cut')).toBeNull();
  });

  it('an engine that is off the list: it can only be left as it is', async () => {
    const { user, banner } = await show({ record: cutOff({}, { engineId: 'x', engineName: 'gone' }) });
    await user.click(banner.getByTestId('recover-finish'));
    expect((await dialog()).getByText(/Add it again, or leave the change as it is/)).toBeTruthy();
    expect((await dialog()).getByTestId<HTMLButtonElement>('apply').disabled).toBe(true);
    await user.keyboard('{Escape}');
    await user.click(banner.getByTestId('recover-keep'));
    expect((await dialog()).getByTestId<HTMLButtonElement>('apply').disabled).toBe(false);
  });
});

it('a read-only window tells of it and offers nothing', async () => {
  const { api, stores, banner } = await show({ info: { readOnly: true } });
  expect(banner.queryAllByRole('button')).toEqual([]);
  act(() => stores.ui.setState({ dialog: { kind: 'recover', id: 'cut', action: 'finish' } }));
  expect(stores.ui.getState().dialog).toBeNull();
  expect(asked(api.calls)).toEqual([]);
});
