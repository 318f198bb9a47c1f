import { expect, it } from 'vitest';
import type { SegmentDraft, SegmentRequest } from '../../../shared/model';
import { twoHosts } from '../../testing/fixtures';
import { createI18n } from '../../i18n';
import { requestTitle } from './segment-words';
import { words } from '../../views/features';

const draft = { name: 'iot' } as SegmentDraft;
const edit: Extract<SegmentRequest, { kind: 'edit-segment' }> = {
  kind: 'edit-segment',
  segmentId: 's',
  segment: draft,
  hosts: [],
};

it('calls an edit what it is, and bringing hosts back to the plan that', () => {
  const told = (language: 'en' | 'zh-CN', reconcile?: true) =>
    requestTitle(
      createI18n(language, words).getFixedT(language, 'segments'),
      { ...edit, ...(reconcile ? { reconcile } : {}) },
      'iot',
      [],
      twoHosts(),
    );
  expect(told('en')).toBe('Edit iot');
  expect(told('en', true)).toBe('Bring iot to the plan');
  expect(told('zh-CN')).toBe('编辑 iot');
});
