import { readFile } from 'node:fs/promises';
import { generate, loadContext } from '@graphql-codegen/cli';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { printAppSchema } from '../../src/schema/build/build-schema.ts';

it('schema.graphql matches the code: `npm run schema` rewrites it', async () => {
  expect(await readFile('schema.graphql', 'utf8')).toBe(printAppSchema());
});

it('schema.graphql is sorted', async () => {
  const text = await readFile('schema.graphql', 'utf8');
  expect(`${printSchema(lexicographicSortSchema(buildSchema(text)))}\n`).toBe(text);
});

it('typed documents match the .graphql files: `npm run codegen` rewrites them', async () => {
  const files: { filename: string; content: string }[] = await generate(await loadContext('codegen.yml'), false);
  expect(files.map((file) => file.filename).toSorted()).toEqual([
    'src/cli/generated/documents.ts',
    'test/helpers/generated/documents.ts',
  ]);
  for (const { filename, content } of files) expect(await readFile(filename, 'utf8')).toBe(content);
});
