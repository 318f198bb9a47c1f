import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { commandNames, openApi } from '../../shared/contract';
import { changeRequestSchema } from '../../shared/model';
import { derivedDocs } from './docs';

it('the docs say what the contract and the toolbox’s tasks say; `npm run docs` writes them anew', async () => {
  for (const [file, text] of await derivedDocs()) expect(await readFile(file, 'utf8'), file).toBe(text);
});

it('the protocol shows every request of a change', async () => {
  const shown = await readFile('docs/protocol.md', 'utf8');
  for (const { shape } of changeRequestSchema.options)
    expect(shown).toContain(`"kind": "${shape.kind.value}"`);
});

it('the description is OpenAPI 3.1, with every command that HTTP has', async () => {
  const description = openApi('0.1.0');
  const { valid, errors } = await new Validator().validate(description);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  const paths = Object.keys(description['paths'] as object);
  expect(paths).toEqual(commandNames.filter((name) => name !== 'files.choose').map((name) => `/api/${name}`));
});
