import { describe, expect, it } from 'vitest';
import { planOf } from '../../test/helpers/memory-event-log.ts';
import { eventVariables } from './event-variables.ts';

const namesIn = (text: string) => eventVariables(planOf(text)).toSorted();

describe('The variables that change the result of an event', () => {
  it('are none if only arguments of the root field use variables: those select the events', () => {
    expect(namesIn('subscription ($a: ID, $b: ID) { progress(after: $a, deep: [$b]) { seq } }')).toEqual([]);
  });

  it.each([
    ['an argument of an inner field', 'subscription ($a: ID, $x: String) { progress(after: $a) { title(in: $x) } }'],
    ['a list inside of an object', 'subscription ($x: String) { progress { title(of: { names: ["a", $x] }) } }'],
    ['a field of a field', 'subscription ($x: String) { progress { video { video { title(in: $x) } } } }'],
    ['whether a field is included', 'subscription ($x: Boolean!) { progress { seq @include(if: $x) } }'],
    ['a directive of the root field itself', 'subscription ($x: String) { progress @note(text: $x) { seq } }'],
    ['an inline fragment', 'subscription ($x: String) { progress { ... on Event { title(in: $x) } } }'],
    [
      'whether an inline fragment is skipped',
      'subscription ($x: Boolean!) { progress { ... @skip(if: $x) { title } seq } }',
    ],
    [
      'a fragment',
      'subscription ($a: ID, $x: String) { progress(after: $a) { ...F } } fragment F on Event { title(in: $x) }',
    ],
    [
      'a fragment within a fragment',
      `subscription ($x: String) { progress { ...F } }
       fragment F on Event { video { ...G } } fragment G on Event { title(in: $x) }`,
    ],
    [
      'whether a fragment is spread',
      'subscription ($x: Boolean!) { progress { seq ...F @skip(if: $x) } } fragment F on Event { title }',
    ],
    ['the same variable in both places', 'subscription ($x: String) { progress(after: $x) { title(in: $x) } }'],
  ])('include those of %s', (_where, text) => {
    expect(namesIn(text)).toEqual(['x']);
  });

  it('are each listed once', () => {
    expect(
      namesIn(
        'subscription ($x: String, $y: String) { progress { a: title(in: $x) b: title(in: $y) c: title(in: $x) } }',
      ),
    ).toEqual(['x', 'y']);
  });

  it('may be more than needed if the root field is in a fragment, never fewer', () => {
    const text = `subscription ($a: ID, $x: String) { ...Root }
      fragment Root on Subscription { progress(after: $a) { title(in: $x) } }`;
    expect(namesIn(text)).toEqual(['a', 'x']);
  });
});
