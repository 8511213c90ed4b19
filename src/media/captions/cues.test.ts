import { describe, expect, it } from 'vitest';
import { byClause, byWord } from '../../../test/helpers/media/spoken-units.ts';
import type { SubtitleCue } from '../film/film.ts';
import { cuesFor, shiftCues } from './cues.ts';
import { columnsOf, isEastAsian } from './glyph-width.ts';

const voiceOf = (text: string, language: string) => (isEastAsian(language) ? byClause(text) : byWord(text));

const texts: readonly (readonly [name: string, language: string, text: string])[] = [
  [
    'plain English',
    'en',
    'Twice a day, on most coasts of the world, the sea climbs the shore and then draws back. The rhythm seems to belong to the sea itself, but its cause lies far above, in the sky.',
  ],
  ['one word', 'en', 'Yes.'],
  [
    'family emoji and flags',
    'en',
    'Look 👨‍👩‍👧‍👦 here 🇹🇼 and there 👩🏽‍💻, then 🎉🎉🎉 again and again until the line is much too long for one line 🏳️‍🌈!',
  ],
  ['a row of emoji with no space', 'en', `Party: ${'👨‍👩‍👧‍👦'.repeat(60)} over.`],
  [
    'an address',
    'en',
    'See https://example.com/a/very/long/path/that/never/ends?with=queries&and=more#anchors-too for all of it.',
  ],
  ['a key of 300 characters', 'en', `It ends in ${'super4cal'.repeat(33)}xyz and that is that.`],
  [
    'numbers',
    'en',
    'It rose by 3.5% to $4,200.75 at 10:30 a.m., or 1/3 of 12.6 km², said No. 7 of the 24 witnesses on 2026-01-31.',
  ],
  [
    'quotations',
    'en',
    '“Stop!” she said. “Why (of all things) here?” He answered: “I don’t know… ‘perhaps’ because it’s home.”',
  ],
  [
    'French with its spaces',
    'fr',
    'Il a dit : « Bonjour à tous ! » Puis il est parti — sans rien dire — vers la mer ; personne ne l’a revu depuis ?',
  ],
  [
    'German quotation marks',
    'de',
    'Er sagte: „Geh nicht fort, bitte!“ und »bleib doch noch ein wenig bei uns« – aber sie war schon längst gegangen.',
  ],
  [
    'Hebrew',
    'he',
    'פעמיים ביום, ברוב חופי העולם, הים עולה על החוף ואז נסוג. סירות הדיג מחכות לו, והנמלים נבנים סביבו.',
  ],
  [
    'Chinese',
    'zh-TW',
    '大海每天兩次爬上沙灘，停一會兒，再退回去。住在海邊的人，依照潮水安排工作。月亮拉著海水，海水就跟著走。',
  ],
  [
    'a Chinese clause of 60 characters',
    'zh-TW',
    '住在海邊的人們依照每天兩次的潮水時間安排自己的工作與生活並且把這些寶貴的經驗一代又一代地傳給他們的孩子和孫子們直到今天為止。',
  ],
  [
    'Chinese with English and numbers',
    'zh-TW',
    '根據2024年的統計，iPhone 15在臺灣的銷量成長了3.5%，而「潮汐發電」的搜尋從一千二百次增加到34,567次以上，GraphQL server也跟著忙起來！',
  ],
  ['simplified Chinese', 'zh-CN', '他说：“走吧！快点。”然后离开了；我没走……为什么？因为门外有三只猫，它们正看着我。'],
  [
    'Japanese',
    'ja',
    '東京タワーは、一九五八年に完成しました。「高さは三百三十三メートルです」と、ガイドさんが言いました。',
  ],
  ['tabs and line breaks', 'en', '  First line\n\tand the second,\r\n\r\nthen   the   third.  '],
];

const limit = 42;
const squeeze = (text: string) => text.replace(/\s+/gu, '');

describe.each(texts)('The captions of %s', (_, language, text) => {
  const units = voiceOf(text, language);
  const cues = cuesFor(units, text, language);
  const lines = cues.flatMap((cue) => cue.lines);

  it('show every character exactly once, in order', () => {
    expect(squeeze(lines.join(''))).toBe(squeeze(text));
  });

  it('have one or two lines of at most 42 columns, none of them empty', () => {
    for (const cue of cues) expect([1, 2]).toContain(cue.lines.length);
    for (const line of lines) {
      expect(columnsOf(line, isEastAsian(language))).toBeLessThanOrEqual(limit);
      expect(line).toBe(line.trim());
      expect(line).not.toBe('');
    }
  });

  it('never begin a line with closing punctuation and never end one with opening punctuation', () => {
    for (const line of lines) {
      expect(line).not.toMatch(/^[,.;:!?%)\]}”’。，！？；：、」』）》…]/u);
      expect(line).not.toMatch(/[([{「『（《¿¡]$/u);
    }
  });

  it('break only at word ends, unless a word is longer than a line', () => {
    const broken = breaksOf(lines, text).flatMap((offset) => wordAround(text, offset, language) ?? []);
    expect(broken.filter((word) => columnsOf(word, isEastAsian(language)) <= limit)).toEqual([]);
  });

  it('keep every emoji whole', () => {
    const graphemes = new Set(boundaries(text));
    expect(breaksOf(lines, text).filter((offset) => !graphemes.has(offset))).toEqual([]);
  });

  it('are shown while their words are spoken, within 150 ms, and never overlap', () => {
    let at = 0;
    cues.forEach((cue, i) => {
      const from = indexIgnoringSpace(text, at);
      at += squeeze(cue.lines.join('')).length;
      const to = indexIgnoringSpace(text, at - 1) + 1;
      const overlapping = units.filter((unit) => unit.textEnd > from && unit.textStart < to);
      expect(cue.startSeconds).toBeGreaterThanOrEqual((overlapping[0]?.startSeconds ?? 0) - 0.15);
      expect(cue.endSeconds).toBeLessThanOrEqual((overlapping.at(-1)?.endSeconds ?? 0) + 0.15);
      expect(cue.endSeconds).toBeGreaterThan(cue.startSeconds);
      const next = cues[i + 1];
      if (next) expect(next.startSeconds).toBeGreaterThanOrEqual(cue.endSeconds);
      const first = overlapping[0];
      if (first && first.textStart >= from) expect(cue.startSeconds).toBeCloseTo(first.startSeconds, 6);
      const last = overlapping.at(-1);
      if (last && last.textEnd <= to) expect(cue.endSeconds).toBeGreaterThanOrEqual(last.endSeconds - 1e-9);
    });
  });
});

describe('captions', () => {
  it('break between sentences and clauses rather than inside phrases', () => {
    const text = 'The captions follow the voice, word by word. You can watch every step live.';
    expect(cuesFor(byWord(text), text, 'en').map((cue) => cue.lines)).toEqual([
      ['The captions follow the voice,', 'word by word.'],
      ['You can watch every step live.'],
    ]);
  });

  it('balance the two lines of a cue', () => {
    const text = 'Every one of these captions has two lines that are even';
    const [cue] = cuesFor(byWord(text), text, 'en');
    const [first, second] = (cue?.lines ?? []).map((line) => line.length);
    expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThanOrEqual(10);
  });

  it('fill a line up to column 42 and no further', () => {
    const fits = `${'a'.repeat(20)} ${'b'.repeat(21)}`;
    const over = `${'a'.repeat(20)} ${'b'.repeat(22)}`;
    expect(cuesFor(byWord(fits), fits, 'en')[0]?.lines).toEqual([fits]);
    expect(cuesFor(byWord(over), over, 'en')[0]?.lines).toHaveLength(2);
  });

  it('fill a Chinese line up to character 21 and no further', () => {
    const fits = '海'.repeat(21);
    const over = '海'.repeat(22);
    expect(cuesFor(byClause(fits), fits, 'zh-TW')[0]?.lines).toHaveLength(1);
    expect(cuesFor(byClause(over), over, 'zh-TW')[0]?.lines).toHaveLength(2);
  });

  it('divide the time of a long Chinese clause by its characters', () => {
    const text =
      '住在海邊的人們依照每天兩次的潮水時間安排自己的工作與生活並且把這些寶貴的經驗一代又一代地傳給他們的孩子和孫子';
    const unit = { text, textStart: 0, textEnd: text.length, startSeconds: 1, endSeconds: 1 + text.length * 0.25 };
    const cues = cuesFor([unit], text, 'zh-TW');
    expect(cues.length).toBeGreaterThan(1);
    let characters = 0;
    for (const cue of cues) {
      expect(cue.startSeconds).toBeCloseTo(1 + characters * 0.25, 5);
      characters += cue.lines.join('').length;
    }
  });

  it('are not shown during a long pause', () => {
    const text = 'Wait for it. Now.';
    const units = byWord(text).map((unit) =>
      unit.text === 'Now.' ? { ...unit, startSeconds: 8, endSeconds: 8.3 } : unit,
    );
    const cues = cuesFor(units, text, 'en');
    expect(cues.map((cue) => cue.lines)).toEqual([['Wait for it.'], ['Now.']]);
    expect(cues[0]?.endSeconds).toBeLessThan(2);
  });

  it('are empty where nothing is spoken', () => {
    expect(cuesFor([], '🎉', 'en')).toEqual([]);
  });

  it('show unspoken characters together with the spoken ones', () => {
    const text = '🎉 Well done! 🎉';
    const units = byWord(text).filter((unit) => unit.text !== '🎉');
    const cues = cuesFor(units, text, 'en');
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(text);
    for (const cue of cues) expect(cue.endSeconds).toBeGreaterThan(cue.startSeconds);
  });

  it('are computed quickly for a narration of 20,000 characters', () => {
    const text = 'The sea keeps the time of the moon, the sun and the turning earth. '.repeat(300).trim();
    const begin = performance.now();
    expect(cuesFor(byWord(text), text, 'en').length).toBeGreaterThanOrEqual(300);
    expect(performance.now() - begin).toBeLessThan(15_000);
  });

  it('have the words of their lines, with the times of the voice', () => {
    const text = 'Mr. Smith paid 12,000 € on Jan. 5, 2027 🎉.';
    const units = byWord(text);
    const words = cuesFor(units, text, 'en').flatMap((cue) => cue.words);
    expect(words.map((word) => word.text)).toEqual('Mr.|Smith|paid|12,000 €|on|Jan.|5,|2027|🎉.'.split('|'));
    for (const { text: word, startSeconds, endSeconds } of words.slice(0, -1)) {
      const own = units.filter((unit) => word.split(' ').includes(unit.text));
      expect(startSeconds).toBeCloseTo(own[0]?.startSeconds ?? 0, 9);
      expect(endSeconds).toBeCloseTo(own.at(-1)?.endSeconds ?? 0, 9);
    }
    // An emoji is not spoken, even if the voice counts it to the word before it.
    expect(words.at(-1)?.endSeconds).toBe(words.at(-1)?.startSeconds);
    const joined = words.filter((word) => word.joinsNext).map((word) => word.text);
    expect(joined).toEqual(['Mr.', 'Jan.', '5,']);
  });

  it('have Chinese words as segmented, and their punctuation apart from them, which takes no time', () => {
    const text = '大海每天兩次爬上沙灘，「停」一會兒。';
    const words = cuesFor(byClause(text), text, 'zh-TW').flatMap((cue) => cue.words);
    expect(words.map((word) => word.text).join('')).toBe(text);
    expect(words.map((word) => word.text)).toEqual(
      expect.arrayContaining(['大海', '每天', '沙灘', '，', '「', '停', '」', '。']),
    );
    for (const { text: word, startSeconds, endSeconds } of words)
      expect([word, endSeconds > startSeconds]).toEqual([word, !/[，「」。]/u.test(word)]);
  });

  it('can be shifted from the time of a scene to the time of the film', () => {
    const cues: SubtitleCue[] = [{ startSeconds: 0.5, endSeconds: 2, lines: ['Hello'] }];
    expect(shiftCues(cues, 10)).toEqual([{ startSeconds: 10.5, endSeconds: 12, lines: ['Hello'] }]);
    expect(shiftCues(cues, -1)[0]?.startSeconds).toBe(0);
  });
});

/** UTF-16 offsets of the line beginnings, without the first. */
function breaksOf(lines: readonly string[], text: string): number[] {
  let characters = 0;
  return lines.slice(0, -1).map((line) => {
    characters += squeeze(line).length;
    return indexIgnoringSpace(text, characters);
  });
}

/** Offset of the n-th non-white-space character. */
function indexIgnoringSpace(text: string, n: number): number {
  let seen = -1;
  for (let i = 0; i < text.length; i += 1) {
    if (!/\s/u.test(text.charAt(i))) seen += 1;
    if (seen === n) return i;
  }
  return text.length;
}

function boundaries(text: string): number[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ index }) => index);
}

/**
 * The word that an offset falls inside: a chunk without spaces, or in Chinese and Japanese a dictionary word, number or
 * Latin word.
 */
function wordAround(text: string, offset: number, language: string): string | undefined {
  if (/\s/u.test(text.charAt(offset - 1))) return undefined;
  if (!isEastAsian(language))
    return /\S*$/u.exec(text.slice(0, offset))?.[0] + (/^\S*/u.exec(text.slice(offset))?.[0] ?? '');
  const latin = [...text.matchAll(/[\p{Script=Latin}\p{N}.,%$:/-]+/gu)];
  const cut = latin.find((match) => match.index < offset && offset < match.index + match[0].length);
  if (cut) return cut[0];
  const words = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
  const word = words.containing(offset);
  return word && word.index < offset ? word.segment : undefined;
}
