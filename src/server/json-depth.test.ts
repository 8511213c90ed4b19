import { describe, expect, it } from 'vitest';
import { isNestedDeeper } from './json-depth.ts';

const lists = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

describe('JSON', () => {
  it('is nested as deep as its innermost list or object', () => {
    for (const [json, depth] of [
      ['7', 0],
      ['[]', 1],
      ['{"a":[1,{"b":{}}],"c":[]}', 4],
      [lists(64), 64],
      [`[${lists(3)},${lists(5)},${lists(2)}]`, 6],
    ] as const) {
      expect([json, isNestedDeeper(json, depth)]).toEqual([json, false]);
      if (depth > 0) expect([json, isNestedDeeper(json, depth - 1)]).toEqual([json, true]);
    }
  });

  it('is not nested by brackets in texts and names', () => {
    expect(isNestedDeeper('{"[[{":"[[[{{{","b":"\\"[[[","c":"\\\\"}', 1)).toBe(false);
    expect(isNestedDeeper('{"b":"\\\\",[[', 2)).toBe(true);
  });

  it('that is none is read to its end', () => {
    for (const json of ['', '"', '"\\', ']]]]', '"[[[[', '{"a'])
      expect([json, isNestedDeeper(json, 1)]).toEqual([json, false]);
  });
});
