import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';

it('The documents in docs/clients.md are valid against schema.graphql', async () => {
  const schema = buildSchema(await readFile('schema.graphql', 'utf8'));
  const guide = await readFile('docs/clients.md', 'utf8');
  const documents = [...guide.matchAll(/^```graphql\n([^`]*)^```$/gm)].map(([, text = '']) => text);
  expect(documents.length).toBeGreaterThan(1);
  for (const text of documents) {
    const errors = validate(schema, parse(text)).map(({ message }) => message);
    // Relay's compiler removes its own directive.
    expect(errors.filter((message) => message !== 'Unknown directive "@connection".')).toEqual([]);
  }
});
