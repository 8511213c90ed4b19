import { describe, expect, it } from 'vitest';
import { emojiIn, withoutEmoji } from './emoji.ts';

describe('emoji in a text', () => {
  it('are found whole: families, skin tones, flags and keycaps', () => {
    expect(emojiIn('a👨‍👩‍👧b👍🏽c🇹🇼d1️⃣ e')).toEqual(['👨‍👩‍👧', '👍🏽', '🇹🇼', '1️⃣']);
  });

  it('are not plain digits or signs', () => {
    expect(emojiIn('1 © # *')).toEqual([]);
  });

  it('can be left out or replaced', () => {
    expect(withoutEmoji('Hi 🎉!')).toBe('Hi !');
    expect(withoutEmoji('又彈👩‍💻大家', '\n')).toBe('又彈\n大家');
  });
});
