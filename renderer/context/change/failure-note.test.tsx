// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ChangeRecord } from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { prepareDom } from '../../testing/dom';
import { createI18n } from '../../i18n';
import { words } from '../../views/features';
import { FailureNote } from './FailureNote';

prepareDom();
createI18n('en', words);

const host = { steps: [], state: 'failed' as const };
const record: ChangeRecord = {
  ...{ id: 'c', at: 1, who: 'ada', state: 'rolled-back', undoable: false },
  request: { kind: 'detach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' },
  hosts: [
    { engineId: 'a', engineName: 'a', ...host },
    { engineId: 'b', engineName: 'b', ...host },
  ],
};
const exceptions = [
  { network: 'lan', container: 'web', field: 'IPAddress', before: '10.0.0.2', after: '10.0.0.200' },
];
const show = (rolledBack: number, more: Partial<ChangeRecord>) => {
  const found = problem('parent_missing', { parent: 'eth1', host: 'a' });
  const failure = {
    problem: { ...found, params: { ...found.params, rolledBack } },
    record: { ...record, ...more },
  };
  render(
    <MantineProvider>
      <FailureNote failure={failure} />
    </MantineProvider>,
  );
  return screen.getByRole('alert').textContent;
};

it('never says that all is as before where something is not, and tells what', () => {
  const text = show(2, { exceptions });
  expect(text).toContain('It was put back, but not all is as before.');
  expect(text).toContain('10.0.0.200');
  expect(text).not.toMatch(/(Everything|Every host) is as before|failed, as before/);
});

it('says so where all is', () => {
  expect(show(1, {})).toContain('Every host is as before.');
});
