import { globSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
/** The guide for programmers, and the pages for operators in all languages. */
const pages = ['docs/clients.md', ...globSync('docs/operations/**/*.md').sort()].flatMap((page) => {
  const documents = [...readFileSync(page, 'utf8').matchAll(/^```graphql\n([^`]*)^```$/gm)].map(
    ([, text = '']) => text,
  );
  return documents.length > 0 ? [{ page, documents }] : [];
});

it.each(pages)('The documents in $page are valid against schema.graphql', ({ documents }) => {
  for (const text of documents) {
    const errors = validate(schema, parse(text)).map(({ message }) => message);
    // Relay's compiler removes its own directive.
    expect(errors.filter((message) => message !== 'Unknown directive "@connection".')).toEqual([]);
  }
});

it('The pages that have documents are found', () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.find(({ page }) => page === 'docs/clients.md')?.documents.length).toBeGreaterThan(1);
});
