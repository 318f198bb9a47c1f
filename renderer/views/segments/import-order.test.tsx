// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type SegmentImport } from '../../../shared/model';
import { notice, problem } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

it('tells what was found in the order of the text, whatever it is', async () => {
  const found: SegmentImport = {
    segments: [],
    problems: [problem('import_line', { line: 2 }), problem('import_line', { line: 9 })],
    notices: [
      notice('import_passed', { line: 1, command: 'docker run' }),
      notice('import_passed', { line: 5, command: 'docker rm' }),
    ],
    asks: [],
  };
  const { stores, user } = renderWindow(twoHosts(), { overrides: { 'segments.import': () => ok(found) } });
  await screen.findByTestId('table');
  stores.ui.setState({ dialog: { kind: 'segment-import' } });
  await user.click(await screen.findByTestId('import-text'));
  await user.paste('docker run nginx');
  await screen.findByText(/Line 9/);
  const told = screen.getByTestId('import-dialog').textContent ?? '';
  expect([...told.matchAll(/Line (\d)/g)].map(([, line]) => line)).toEqual(['1', '2', '5', '9']);
});
