import { readFile } from 'node:fs/promises';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { CLI_DOCUMENTS, cliDocuments } from '../../scripts/cli-documents.ts';
import { typedDocuments } from '../../scripts/typed-documents.ts';
import { printAppSchema } from '../../src/schema/build/build-schema.ts';

it('schema.graphql matches the code: `npm run schema` rewrites it', async () => {
  expect(await readFile('schema.graphql', 'utf8')).toBe(printAppSchema());
});

it('schema.graphql is sorted', async () => {
  const text = await readFile('schema.graphql', 'utf8');
  expect(`${printSchema(lexicographicSortSchema(buildSchema(text)))}\n`).toBe(text);
});

it('typed documents match the .graphql files: `npm run codegen` rewrites them', async () => {
  const files = await typedDocuments('.');
  expect([...files.keys()].toSorted()).toEqual([
    'src/cli/generated/documents.ts',
    'test/helpers/generated/documents.ts',
  ]);
  for (const [file, content] of files) expect(await readFile(file, 'utf8')).toBe(content);
});

it('the list of the documents of `autovideo make --url` is up to date: `npm run codegen` rewrites it', async () => {
  expect(await readFile(CLI_DOCUMENTS, 'utf8')).toBe(await cliDocuments());
});
