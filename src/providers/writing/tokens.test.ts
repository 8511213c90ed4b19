import { describe, expect, it } from 'vitest';
import { mostTokens } from './tokens.ts';

describe('The most tokens of a text', () => {
  // Real counts of o200k_base, OpenAI's tokenizer: 11, 10, 7 and 9.
  it.each([
    ['The moon pulls the water that is nearest to it.', 11],
    ['月球的引力使海水每天漲落兩次。', 10],
    ['1234567890123456', 7],
    ['{"title":"x","scenes":[]}', 9],
  ])('are never fewer than a tokenizer makes: %j', (text, real) => {
    expect(mostTokens(text)).toBeGreaterThanOrEqual(real);
    expect(mostTokens(text)).toBeLessThanOrEqual(4 * real);
  });

  it('are none without a text', () => {
    expect(mostTokens('')).toBe(0);
  });
});
