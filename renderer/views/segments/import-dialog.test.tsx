// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ok } from '../../../shared/model';
import { importSegmentText } from '../../../shared/rules';
import { prepareDom } from '../../app/testing/dom';
import { twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';

prepareDom();

const line = 'docker network create -d macvlan -o parent=eth0.20 --subnet 10.70.20.0/24 iot';

it('says which hosts of the text are not on the list, for nobody to wonder why they are not chosen', async () => {
  const { stores, user } = renderWindow(twoHosts(), {
    overrides: { 'segments.import': ({ text, format }) => ok(importSegmentText(text, format, parse)) },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'segment-import' } }));
  const text = await screen.findByTestId('import-text');
  await user.click(text);
  await user.paste(`# host: a\n${line}`);
  await screen.findByTestId('import-iot');
  expect(screen.queryByTestId('import-unknown-hosts')).toBeNull();
  await user.paste(`\n# host: attic\n${line}`);
  expect((await screen.findByTestId('import-unknown-hosts')).textContent).toMatch(/: attic$/);
});
