import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { words } from '../views/features';
import { bundleOf } from './resources';

const root = join(import.meta.dirname, '..');
/** Their keys are codes, which are made where something is told. */
const byCode = new Set(['errors', 'hints', 'reasons']);

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\/words\/|\/locales\/|^testing\//.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'));

/** What stands between quotes, and what a template becomes with anything in its gaps. */
const texts = new Set<string>();
const templates = new Set<string>();
for (const source of sources) {
  for (const [, single, double] of source.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g))
    texts.add(single ?? double ?? '');
  for (const [, template = ''] of source.matchAll(
    /`((?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}]|\{[^{}]*\})*\})*)`/g,
  ))
    templates.add(template);
}
const patterns = [...templates]
  .filter((each) => each.includes('${') && /^[\w.:${}]/.test(each))
  .map((each) =>
    each
      .split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\w.-]+'),
  )
  // With nothing of its own, it fits all.
  .filter((each) => /[a-zA-Z]{2}/.test(each.replaceAll('[\\w.-]+', '')))
  .map((each) => new RegExp(`^${each}$`));
const plain = new Set([...texts, ...[...templates].filter((each) => !each.includes('${'))]);

const keysOf = (tree: object, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [prefix + key.replace(/_(one|other)$/, '')]
      : keysOf(value as object, `${prefix}${key}.`),
  );

/** Said by its key, by that within what a prefix names, or by a list of which it is one. */
const isUsed = (namespace: string, key: string): boolean =>
  [key, `${namespace}:${key}`].some((each) => plain.has(each) || patterns.some((one) => one.test(each)));

const bundle = bundleOf('en', words);

it.each(Object.keys(bundle).filter((each) => !byCode.has(each)))(
  '%s has no text that nothing shows',
  (namespace) => {
    const keys = [...new Set(keysOf(bundle[namespace] ?? {}))];
    expect(keys.filter((key) => !isUsed(namespace, key))).toEqual([]);
  },
);
