// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../../testing/dom';
import type { FamilyEdit } from './address-edit';
import { useOwnField } from './use-own-field';

prepareDom();

it.each([
  ['1', true],
  ['Backspace', true],
  ['Delete', true],
  ['ArrowLeft', false],
  ['Home', false],
  ['F5', false],
  ['Tab', false],
  ['Escape', false],
  ['Shift', false],
])('the key %s makes the field the admin’s own: %s', (key, own) => {
  const edits: FamilyEdit[] = [];
  function Field() {
    const edit: FamilyEdit = { mode: 'undecided', address: '' };
    return <input {...useOwnField(edit, (next) => edits.push(next), true)} readOnly data-testid="field" />;
  }
  render(<Field />);
  fireEvent.keyDown(screen.getByTestId('field'), { key });
  expect(edits.map(({ held }) => held)).toEqual(own ? [true] : []);
});
