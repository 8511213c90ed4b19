import { readFile } from 'node:fs/promises';
import { getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { expect, it } from 'vitest';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { parseOptions, validationRules } from '../../src/schema/limits/limits.ts';

const schema = buildAppSchema();

function problems(document: string): string[] {
  const rules = [...specifiedRules, ...validationRules];
  return validate(schema, parse(document, parseOptions), rules).map((error) => error.message);
}

it.each(['src/cli/documents.graphql', 'test/documents.graphql'])('all of %s is within the limits', async (file) => {
  expect(problems(await readFile(file, 'utf8'))).toEqual([]);
});

it('GraphiQL and code generators may query the schema', () => {
  const everything = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  };
  expect(problems(getIntrospectionQuery(everything))).toEqual([]);
});

it('videos of owners of videos of owners exceed the limit', () => {
  const page = (inside: string) => `videos(first: 100) { nodes { owner { ${inside} } } }`;
  expect(problems(`{ ${page('username')} }`)).toEqual([]);
  expect(problems(`{ ${page(page('username'))} }`)).toEqual([
    'This may give 10,100 rows; at most 10,000 are allowed. Ask for smaller pages.',
  ]);
});
