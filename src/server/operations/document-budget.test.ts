import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../auth/auth-error.ts';
import { PlanExecutor } from '../../execution/plan.ts';
import { formatError } from '../../schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../schema/limits/limits.ts';
import { DocumentBudget } from './document-budget.ts';
import { Documents } from './documents.ts';

describe('The time for unknown documents', () => {
  let now = 0;
  const budget = () => new DocumentBudget({ capacityMs: 100, perSecondMs: 10, now: () => now });
  const taking = (ms: number) => () => {
    now += ms;
    return 'done';
  };

  it('is taken from the caller alone, and refused when it is used up', () => {
    const spending = budget();
    expect(spending.spend('ann', taking(60))).toBe('done');
    expect(spending.spend('ann', taking(60))).toBe('done');
    expect(() => spending.spend('ann', taking(1))).toThrow(RateLimitedError);
    expect(spending.spend('ben', taking(1))).toBe('done');
  });

  it('comes back each second, and the error says when', () => {
    const spending = budget();
    spending.spend('ann', taking(130));
    expect(() => spending.spend('ann', taking(1))).toThrow(expect.objectContaining({ retryAfterSeconds: 4 }));
    now += 3_000;
    expect(() => spending.spend('ann', taking(1))).toThrow(RateLimitedError);
    now += 1_000;
    expect(spending.spend('ann', taking(1))).toBe('done');
  });

  it('is taken also where the work fails', () => {
    const spending = budget();
    const failing = () => {
      now += 200;
      throw new TypeError('It fails.');
    };
    expect(() => spending.spend('ann', failing)).toThrow(TypeError);
    expect(() => spending.spend('ann', taking(1))).toThrow(RateLimitedError);
  });
});

describe('Documents', () => {
  const schema = buildSchema('type Query { me: User } type User { id: ID name: String }');
  let now = 0;
  // Each look at the clock is a millisecond later.
  const documents = (capacityMs: number) =>
    new Documents({
      schema,
      rules: { validationRules, parseOptions, formatError },
      introspection: true,
      hideSuggestions: false,
      executor: new PlanExecutor({ schema, hideSuggestions: false }),
      budget: new DocumentBudget({ capacityMs, perSecondMs: 1, now: () => now++ }),
    });

  it('that are wrong end in RATE_LIMITED, before they are read; known ones never do', () => {
    const own = documents(8);
    const known = '{ me { id } }';
    for (let use = 0; use < 2; use++) own.prepare(known, 'ann');
    for (let at = 0; at < 2; at++) expect(own.prepare(`{ me { no${at} } }`, 'ann')).toHaveLength(1);
    expect(() => {
      for (let at = 0; at < 20; at++) own.prepare(`{ me { more${at} } }`, 'ann');
    }).toThrow(RateLimitedError);
    own.prepare(known, 'ann');
    own.prepare('{ me { name } }', 'ben');
  });

  it('that are left to Apollo count too', () => {
    const own = documents(100);
    expect(() => {
      for (let at = 0; at < 20; at++) own.errorsBeforeApollo(`{ me { no${at} } }`, 'ann');
    }).toThrow(RateLimitedError);
  });

  it('that exceed a limit are not compared field by field', () => {
    const query = `{ me { ${'id name '.repeat(101)} } }`;
    const messages = (errors: unknown) => JSON.stringify(errors);
    for (const errors of [documents(100).prepare(query, 'ann'), documents(100).errorsBeforeApollo(query, 'ann')])
      expect(messages(errors)).toContain('more than 100 times');
  });
});
