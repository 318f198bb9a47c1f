import { expect, it } from 'vitest';
import type { EngineConfig } from '../../../shared/model';
import { addresses } from '../testing/ways';
import { mergeConfigs } from './settings-merge';

const entry = (id: string, path = id, name?: string): EngineConfig => ({
  id,
  connection: { kind: 'socket', path: `/${path}.sock` },
  ...(name ? { name } : {}),
});
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => entry(id)) as [
  EngineConfig,
  EngineConfig,
  EngineConfig,
  EngineConfig,
];
const merged = (base: EngineConfig[], ours: EngineConfig[], theirs: EngineConfig[]) =>
  mergeConfigs(base, ours, theirs, addresses);

it('keeps what either has added and drops what either has removed', () => {
  expect(merged([a, b], [a, c], [a, b, d])).toEqual([a, d, c]);
  expect(merged([a, b], [a, b, c], [b])).toEqual([b, c]);
});

it('takes a change of either, and the file’s where both have changed the same', () => {
  const [mine, theirs] = [entry('a', 'a', 'mine'), entry('a', 'a', 'theirs')];
  expect(merged([a, b], [mine, b], [a, b, c])).toEqual([mine, b, c]);
  expect(merged([a, b], [a, b, c], [theirs, b])).toEqual([theirs, b, c]);
  expect(merged([a], [mine], [theirs])).toEqual([theirs]);
  expect(merged([a], [mine], [])).toEqual([]);
});

it('keeps an order that only one has changed', () => {
  expect(merged([a, b], [b, a], [a, b])).toEqual([b, a]);
  expect(merged([a, b], [a, b, c], [b, a])).toEqual([b, a, c]);
});

it('adds no second entry for an address', () => {
  expect(merged([a], [a, entry('mine', 'x')], [a, entry('theirs', 'x')])).toEqual([a, entry('theirs', 'x')]);
});
