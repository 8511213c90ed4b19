import { describe, expect, it } from 'vitest';
import { spokenForm } from '../../../src/language/spoken/spoken-form.ts';
import { spokenText } from '../../../src/language/spoken/spoken-text.ts';
import type { SpokenCase } from './cases/case.ts';
import { MAINLAND, TAIWANESE } from './cases/chinese.ts';
import { AMERICAN, BRITISH } from './cases/english.ts';
import { FRENCH } from './cases/french.ts';
import { GERMAN } from './cases/german.ts';
import { ITALIAN } from './cases/italian.ts';
import { BRAZILIAN, PORTUGUESE } from './cases/portuguese.ts';
import { READINGS } from './cases/readings.ts';
import { REFERENCES } from './cases/references.ts';
import { SENTENCES } from './cases/sentences.ts';
import { MEXICAN, SPANISH } from './cases/spanish.ts';

const TABLES: readonly (readonly [tag: string, cases: readonly SpokenCase[]])[] = [
  ['en-US', AMERICAN],
  ['en-GB', BRITISH],
  ['de', GERMAN],
  ['fr', FRENCH],
  ['es', SPANISH],
  ['es-MX', MEXICAN],
  ['pt-BR', BRAZILIAN],
  ['pt-PT', PORTUGUESE],
  ['it', ITALIAN],
  ['zh-TW', TAIWANESE],
  ['zh-CN', MAINLAND],
];

describe.each(TABLES)('The spoken form in %s', (tag, cases) => {
  it.each(cases)('of %s is %s', (text, words) => expect(heard(text, tag)).toBe(wordsIn(words, tag)));

  it('has for each of its characters the place in the text, in order', () => {
    const text = cases.map(([one]) => one).join('\n');
    const { text: spoken, origins } = spokenForm(spokenText(text), tag);
    expect(origins).toHaveLength(spoken.length);
    expect(origins).toEqual(origins.toSorted((a, b) => a - b));
    expect(origins.at(-1)).toBeLessThan(text.length);
  });
});

describe('A sentence', () => {
  it.each(SENTENCES)('in %s: %s', (tag, text, words) => expect(heard(text, tag)).toBe(wordsIn(words, tag)));
});

describe('A number that counts nothing', () => {
  it.each(REFERENCES)('in %s: %s', (tag, text, words) => expect(heard(text, tag)).toBe(wordsIn(words, tag)));
});

describe('A Chinese character with several readings', () => {
  it.each(READINGS)('in %s: %s is %s, by itself or as a syllable for the voice', (text, character, syllable) => {
    const { text: spoken } = spokenForm(spokenText(text), 'zh-TW');
    expect(spoken.includes(syllable)).toBe(!spoken.includes(character));
  });

  it.each(['還有時間', '長度', '長大衣', '便宜行事', '似乎', '多重要', '身長高達', '角度'])(
    'keeps its usual reading in %s',
    (text) => expect(spokenForm(spokenText(text), 'zh-TW').text).toBe(text),
  );

  it('is written as a syllable where the voice would read it wrongly', () => {
    expect(heard('我要還錢', 'zh-TW')).toBe('我要huan2錢');
    expect(heard('我要还钱', 'zh-CN')).toBe('我要huan2钱');
    expect(heard('孩子長大了', 'zh-TW')).toBe('孩子zhang3大了');
    expect(heard('便宜的菜', 'zh-TW')).toBe('pian2宜的菜');
  });
});

describe('A place in the spoken form', () => {
  it('is the place of the words in the text', () => {
    const text = '🎉 On Jan. 5, Dr. Lee paid $6.40 for 2½ cups at example.com.';
    const { text: spoken, origins } = spokenForm(spokenText(text), 'en');
    const at = (part: string): string =>
      text.slice(origins[spoken.search(new RegExp(`\\b${part}\\b`, 'u'))]).split(' ')[0] ?? '';
    const words = ['January', 'Doctor', 'six dollars', 'for', 'two and a half', 'at', 'example'];
    expect(words.map(at)).toEqual(['Jan.', 'Dr.', '$6.40', 'for', '2½', 'at', 'example.com.']);
  });
});

function heard(text: string, tag: string): string {
  return wordsIn(spokenForm(spokenText(text), tag).text, tag);
}

/** Words in lower case, without punctuation; in Chinese without spaces. */
function wordsIn(text: string, tag: string): string {
  const words = text
    .toLowerCase()
    .replace(/[’ʼ]/gu, "'")
    .replace(/[.,;:!?"“”«»„()[\]¡¿…–—。，-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return tag.startsWith('zh') ? words.replaceAll(' ', '') : words;
}
