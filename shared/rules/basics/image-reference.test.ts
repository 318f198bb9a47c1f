import { expect, it } from 'vitest';
import { isImageReference } from './image-reference';

it.each([
  'toolbox',
  'trunkline-toolbox:1',
  'registry.example/a/b__c/d--e.f:v1.2_3-x',
  'localhost:5000/toolbox:1',
  '[::1]:5000/toolbox',
  `toolbox@sha256:${'0a'.repeat(32)}`,
])('%s is the name of an image', (text) => {
  expect(isImageReference(text)).toBe(true);
});

it.each([
  '',
  ' toolbox',
  'bad name!!',
  'Toolbox',
  'https://registry.example/toolbox',
  'a//b',
  'a:',
  'a:b:c',
  '/a',
  'a_-b',
  'a@sha256:12',
  `a:${'x'.repeat(129)}`,
  'a\nb',
])('%j is none', (text) => {
  expect(isImageReference(text)).toBe(false);
});
