import { describe, expect, it } from 'vitest';
import { emojiIn, withoutEmoji } from './emoji.ts';

describe('Emoji in a text', () => {
  it('are found as whole sequences: families, skin tones, flags and keycaps', () => {
    expect(emojiIn('a👨‍👩‍👧b👍🏽c🇹🇼d1️⃣ e')).toEqual(['👨‍👩‍👧', '👍🏽', '🇹🇼', '1️⃣']);
  });

  it('do not include plain digits or symbols', () => {
    expect(emojiIn('1 © # *')).toEqual([]);
  });

  it('can be removed or replaced', () => {
    expect(withoutEmoji('Hi 🎉!')).toBe('Hi !');
    expect(withoutEmoji('又彈👩‍💻大家', '\n')).toBe('又彈\n大家');
  });
});
