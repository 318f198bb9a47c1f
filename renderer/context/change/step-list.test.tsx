// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { ChangeProgress, Step } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { createI18n } from '../../i18n';
import { StepList } from './StepList';

prepareDom();
// Without the words of its feature, which are no part of this: keys stand for them.
createI18n('en');

const steps: Step[] = [
  { op: 'stop', containerId: 'w', containerName: 'web' },
  { op: 'start', containerId: 'w', containerName: 'web' },
];
const show = (props: { progress?: ChangeProgress; checking?: boolean }) => {
  render(
    <MantineProvider>
      <StepList steps={steps} applying {...props} />
    </MantineProvider>,
  );
  return screen
    .getAllByRole('listitem')
    .filter(({ dataset }) => dataset.state === 'now')
    .map(({ textContent }) => textContent);
};

it('spins at no step that has not begun: before, it says that it is checked', () => {
  expect(show({})).toEqual(['steps.checking']);
});

it('spins at nothing of a host that waits for another one', () => {
  expect(show({ checking: false })).toEqual([]);
});

it('spins at the step that its progress tells of', () => {
  expect(show({ progress: { id: 'c', engineId: 'a', phase: 'step', step: 1, of: 2 } })).toEqual([
    'steps.start',
  ]);
});
