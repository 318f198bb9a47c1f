// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ok, type IsolationReport, type Run, type ToolboxConsent } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const networks = [{ engineId: 'a', networkId: 'lan-id' }];
const report: IsolationReport = {
  ...{ at: 0, doneAt: 1, cancelled: false, places: [], targets: [] },
  cells: [[{ verdict: 'isolated', reason: 'silent', evidence: null, asked: [] }]],
};
const run: Run = {
  ...{ id: 'r0', request: { kind: 'isolation', networks }, state: 'done', startedAt: 0, endedAt: 2 },
  ...{ progress: { done: 2, of: 2 }, left: [] },
};

async function open(consent: ToolboxConsent, runs: Run[] = []) {
  const shown = renderWindow(twoHosts(), {
    overrides: {
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load', image: 'x' }, tasks: [], size: null },
          engines: ['a', 'b'].map((engineId) => ({ engineId, consent, at: 1, image: null })),
        }),
      'run.list': () => ok(runs),
      'run.get': () => ok({ ...run, result: { kind: 'isolation', report } }),
    },
  });
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'isolation', networks } }));
  return shown;
}

it('says where the toolbox was refused, that nothing can be asked then, and the way out of it', async () => {
  const { stores, user } = await open('refused');
  const refused = await screen.findByTestId('isolation-refused');
  expect(refused.textContent).toContain('so nothing can be asked');
  expect(screen.queryByTestId('isolation-unasked')).toBeNull();
  const row = screen.getByTestId('isolation-network-b-lan').closest('.mantine-Checkbox-root');
  expect(row?.textContent).toContain('you said no to the toolbox');
  await user.click(within(refused).getByText('Think again about b…'));
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'toolbox', engineId: 'b' });
});

it('keeps the heads in sight while the dialog is scrolled down over its rows', async () => {
  const box = (top: number, height: number) => ({ top, height, bottom: top + height }) as DOMRect;
  let top = 100;
  const seen = vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: Element,
  ) {
    if (this.matches('table')) return box(top, 400);
    return this.matches('.mantine-Modal-header') ? box(0, 60) : box(0, 40);
  });
  try {
    await open('granted', [run]);
    const head = (await screen.findByTestId('isolation-matrix')).querySelector('thead');
    expect(head?.style.transform).toBe('');
    top = -50;
    fireEvent.scroll(screen.getByTestId('isolation-dialog'));
    expect(head?.style.transform).toBe('translateY(110px)');
  } finally {
    seen.mockRestore();
  }
});
