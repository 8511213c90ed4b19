import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { CARD_ROOM, headlinesOf } from './headlines.ts';

const best = (text: string, tag: string): string => headlinesOf(text, languageOf(tag), CARD_ROOM)[0] ?? '';

describe('The headline of a text', () => {
  it('is a whole sentence without its full stop, in the author’s letters', () => {
    expect(best('server.keepAliveTimeout defaults to 5 seconds.', 'en')).toBe(
      'server.keepAliveTimeout defaults to 5 seconds',
    );
    expect(best('Is coffee bad? Ask a doctor.', 'en')).toBe('Is coffee bad?');
  });

  it('keeps the point of an abbreviation at the end', () => {
    expect(best('The museum closes at 9 p.m.', 'en')).toBe('The museum closes at 9 p.m.');
    expect(best('Es gibt Äpfel, Birnen usw.', 'de')).toBe('Es gibt Äpfel, Birnen usw.');
  });

  it('is rather a sentence that is understandable alone, and no single word', () => {
    expect(best('They never sleep. Yes. Bees dance in the dark.', 'en')).toBe('Bees dance in the dark');
  });

  it('is followed by no single word, which says little without its sentence', () => {
    expect(headlinesOf('不要。憑身分證就能辦證。', languageOf('zh-TW'), CARD_ROOM)).toEqual(['憑身分證就能辦證']);
    expect(headlinesOf('No. Yes.', languageOf('en'), CARD_ROOM)).toHaveLength(1);
  });

  it('is a sentence together with the one that takes it back', () => {
    expect(best('They said the bridge was safe. It was not.', 'en')).toBe('They said the bridge was safe. It was not');
    expect(best('有人說這座橋很安全。其實不然。', 'zh-TW')).toBe('有人說這座橋很安全。其實不然');
  });

  it('is a sentence without the order or the sentence after it that does not take it back', () => {
    expect(best('The pond is deep and cold. Do not swim.', 'en')).toBe('The pond is deep and cold');
    expect(best('They said the pond was safe. Don’t believe it.', 'en')).toBe(
      'They said the pond was safe. Don’t believe it',
    );
    expect(best('Al Sud piove fino a sera. A Bari 20 °C, senza vento.', 'it')).toBe('Al Sud piove fino a sera');
    expect(best('他說池塘很安全。他錯了。', 'zh-TW')).toBe('他說池塘很安全。他錯了');
  });

  it('is the beginning of a long sentence that can be cut, up to the end of a clause', () => {
    const long = `The old bridge leads over the wide river, which ${'carries boats and boats '.repeat(4)}.`;
    expect(best(long, 'en')).toBe('The old bridge leads over the wide river…');
    const words = `${'enormous purple mountains slowly crumbling '.repeat(6)}today.`;
    expect(best(words, 'en')).toMatch(/^enormous[\w ]{50,}…$/u);
  });

  it('is a longer sentence whole, smaller, if words would be cut off that change its meaning', () => {
    const condition =
      'We will refund every ticket for the concert in the park and for the boat trip, but only if it rains';
    expect(best(`${condition}.`, 'en')).toBe(condition);
  });

  it('leaves out the middle, never a denial at the end', () => {
    const middle =
      'which the pilgrims of the Middle Ages praised in their songs and letters to their families at home and abroad in those years';
    const text = `You should drink the water from the well in the old town, ${middle}, under no circumstances.`;
    expect(best(text, 'en')).toMatch(/^You should drink the water.* … under no circumstances$/u);
    expect(best(`The engineers, ${middle}, ${middle}, ${'did not agree and '.repeat(20)}.`, 'en')).toBe('');
  });

  it('is only a whole sentence in a language whose denials are not known', () => {
    expect(best('De aarde is niet plat.', 'nl')).toBe('De aarde is niet plat');
    expect(best(`Wij drinken het water ${'uit de oude bron '.repeat(14)}niet.`, 'nl')).toBe('');
  });

  it('is empty for a text without words', () => {
    expect(best(' … !! ', 'en')).toBe('');
    expect(best('', 'zh-TW')).toBe('');
  });
});
