import { describe, expect, it } from 'vitest';
import { directionOf, visualOrder } from './word-order.ts';

/** The words of a line from left to right. */
function seen(line: string): string[] {
  const words = line.split(' ');
  return visualOrder(words, directionOf(line)).map((at) => words[at] ?? '');
}

describe('The words of a line', () => {
  it('are read from left to right in English and Chinese', () => {
    expect(seen('the sea climbs 12 steps')).toEqual(['the', 'sea', 'climbs', '12', 'steps']);
    expect(directionOf('「大海」')).toBe('ltr');
  });

  it('are read from right to left in Arabic and Hebrew', () => {
    expect(seen('البحر يصعد الشاطئ')).toEqual(['الشاطئ', 'يصعد', 'البحر']);
    expect(directionOf('12 סירות')).toBe('rtl');
  });

  it('of another script keep their own direction inside an Arabic line', () => {
    expect(seen('اشترى Apple iPhone 15 أمس')).toEqual(['أمس', 'Apple', 'iPhone', '15', 'اشترى']);
  });

  it('that are numbers follow the word before them', () => {
    expect(seen('كلفت 250 دولارا')).toEqual(['دولارا', '250', 'كلفت']);
  });

  it('that are signs between words of another direction stay between them', () => {
    expect(seen('قال Rock & Roll هنا')).toEqual(['هنا', 'Rock', '&', 'Roll', 'قال']);
    expect(seen('קרא Rock 🎉 עכשיו')).toEqual(['עכשיו', '🎉', 'Rock', 'קרא']);
  });

  it('from right to left keep their order inside an English line', () => {
    expect(seen('he said שלום לכם twice')).toEqual(['he', 'said', 'לכם', 'שלום', 'twice']);
  });
});
