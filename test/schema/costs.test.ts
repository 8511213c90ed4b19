import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { OperationCosts } from '../../src/schema/limits/operation-costs.ts';

const costs = new OperationCosts(buildAppSchema());

function costOf(source: string): number {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('The document has no operation.');
  return costs.of({ document, operation }, {});
}

it.each([
  [
    'a list of videos as a dashboard shows it',
    '{ videos { edges { node { id title status } } pageInfo { endCursor } } }',
    21,
  ],
  [
    'a film',
    'mutation { createVideo(input: { script: "Bees." }) { video { id } userErrors { code } } }',
    100 + 1 + 1 + 10,
  ],
  ['a sign-in', 'mutation { login(input: { identifier: "a", password: "b" }) { tokens { accessToken } } }', 51],
  ['the viewer', '{ viewer { username } }', 1],
])('The cost of %s is what clients can count', (_what, source, cost) => {
  expect(costOf(source)).toBe(cost);
});
