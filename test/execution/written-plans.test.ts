import { spawnSync } from 'node:child_process';
import { buildSchema, parse } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CoercedVariables } from '../../src/execution/plan.ts';
import { PlanCache } from '../../src/execution/plan-cache.ts';

const schema = buildSchema('type Query { name: String size: Int }');

/** Answers the document as often as there are sources. */
function answers(text: string, sources: readonly unknown[], writeAfter: number): string[] {
  const plan = new PlanCache({ schema, hideSuggestions: true, writeAfter }).uncached(parse(text)).plan(null);
  const variables = new CoercedVariables({});
  return sources.map((rootValue) => JSON.stringify(plan?.run({ variables, rootValue, contextValue: {} })));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a place of a document', () => {
  it('has a function written for it once so many objects were made there, and not before', () => {
    const written = vi.spyOn(globalThis, 'Function');
    const bees = { name: 'bees', size: 3 };
    answers('{ name size }', [bees, bees], 2);
    expect(written).not.toHaveBeenCalled();
    const given = answers('{ name size }', [bees, bees, bees, bees, bees], 2);
    expect(written).toHaveBeenCalledTimes(1);
    expect(new Set(given)).toEqual(new Set(['{"data":{"name":"bees","size":3}}']));
  });

  it('answers the same of sources of every kind', () => {
    let reads = 0;
    const sources = [
      { name: 'bees', size: 3 },
      {
        get name() {
          return String(++reads);
        },
      },
      {
        get name() {
          throw new Error('no name');
        },
      },
      { name: () => 'from a method', size: () => 4 },
      { name: 7, size: 'no number' },
      { name: new Error('returned'), size: null },
      [],
      () => 'a function',
      null,
      undefined,
      'a text',
    ];
    const interpreted = answers('{ name size again: size }', sources, Number.POSITIVE_INFINITY);
    reads = 0;
    expect(answers('{ name size again: size }', sources, 0)).toEqual(interpreted);
    expect(reads).toBe(1);
    expect(interpreted[2]).toContain('no name');
  });

  it('may have a field called __proto__', () => {
    const given = answers('{ __proto__: name name }', [{ name: 'bees' }, { name: 'bees' }], 0);
    expect(given).toEqual(Array(2).fill('{"data":{"__proto__":"bees","name":"bees"}}'));
  });

  it('goes without where Node lets no code be made of texts', () => {
    const file = (name: string) => JSON.stringify(new URL(`../../src/execution/${name}`, import.meta.url).href);
    const script = `
      import { buildSchema, parse } from 'graphql';
      import { CoercedVariables } from ${file('plan.ts')};
      import { PlanCache } from ${file('plan-cache.ts')};
      const schema = buildSchema('type Query { name: String }');
      const plan = new PlanCache({ schema, hideSuggestions: true, writeAfter: 0 }).uncached(parse('{ name }')).plan(null);
      for (let use = 0; use < 2; use++)
        console.log(JSON.stringify(plan.run({ variables: new CoercedVariables({}), rootValue: { name: 'bees' } })));`;
    const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8', cwd: import.meta.dirname });
    expect(stdout, stderr).toBe('{"data":{"name":"bees"}}\n'.repeat(2));
  });
});
