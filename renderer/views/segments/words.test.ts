import { expect, it } from 'vitest';
import type { SegmentDraft, SegmentRecord, SegmentRequest } from '../../../shared/model';
import { container, endpoint, macvlan, twoHosts } from '../../app/testing/fixtures';
import { createI18n } from '../../i18n';
import { attachedAddress, requestTitle } from './words';

const draft = { name: 'iot' } as SegmentDraft;
const edit: Extract<SegmentRequest, { kind: 'edit' }> = {
  kind: 'edit',
  segmentId: 's',
  segment: draft,
  hosts: [],
};

it('calls an edit what it is, and bringing hosts back to the plan that', () => {
  const told = (language: 'en' | 'zh-CN', reconcile?: true) =>
    requestTitle(
      createI18n(language).getFixedT(language, 'segments'),
      { ...edit, ...(reconcile ? { reconcile } : {}) },
      'iot',
      twoHosts(),
    );
  expect(told('en')).toBe('Edit iot');
  expect(told('en', true)).toBe('Bring iot to the plan');
  expect(told('zh-CN')).toBe('编辑 iot');
});

it('tells the address that an attach to a segment got, also where none was asked for', () => {
  const lan = macvlan('a', 'iot');
  const request = { kind: 'attach', segmentId: 's', engineId: 'a', containerId: 'web-id' } as const;
  const connect = { op: 'connect', containerId: 'web-id', containerName: 'web', endpoint: {} } as const;
  const record = {
    request,
    hosts: [{ steps: [{ ...connect, networkId: '', networkName: 'iot' }] }],
  } as unknown as SegmentRecord;
  const snapshot = {
    ...twoHosts(),
    containers: [container('a', 'web', { endpoints: [endpoint(lan, '10.70.1.7')] })],
  };
  expect(attachedAddress(record, snapshot)).toBe('10.70.1.7');
  expect(
    attachedAddress({ ...record, request: { ...request, ipv4: '10.70.1.9' } } as SegmentRecord, snapshot),
  ).toBe('10.70.1.9');
  expect(attachedAddress({ ...record, request: edit }, snapshot)).toBe('');
});
