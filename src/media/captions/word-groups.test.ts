import { describe, expect, it } from 'vitest';
import { byClause, byWord } from '../../../test/helpers/media/spoken-units.ts';
import type { CueWord } from '../film/film.ts';
import { cuesFor } from './cues.ts';
import { columnsOf } from './glyph-width.ts';
import { groupsOf, type WordGroup } from './word-groups.ts';

/** Lines of 16 columns, 18 for a long word and 23 for an address: about what a phone shows. */
const limits = { width: 16, widest: 18, widestName: 23, wordsPerLine: 4, unspacedWidth: 16 };
const measure = (text: string): number => columnsOf(text, true);

function groups(text: string, language = 'en'): WordGroup[] {
  const units = /^(?:zh|th)/.test(language) ? byClause(text) : byWord(text);
  return cuesFor(units, text, language).flatMap((cue) => groupsOf(cue.words, measure, limits));
}

const lineOf = (line: readonly CueWord[]): string =>
  line.map(({ text, spaced }, at) => (spaced && at > 0 ? ' ' : '') + text).join('');
const linesOf = (shown: readonly WordGroup[]): string[][] => shown.map(({ lines }) => lines.map(lineOf));

const TEXTS: readonly (readonly [language: string, text: string])[] = [
  [
    'en',
    'Twice a day, on most coasts of the world, the sea climbs the shore and then draws back. Why? The moon pulls it.',
  ],
  ['en', 'It is an old and a very odd tale of a cat 🎉 and an owl who met at 5 p.m. on Jan. 5, 2027 in St. Louis.'],
  ['de', 'Die Donaudampfschifffahrtsgesellschaft meldet ca. 14 Mio. € Umsatz, z. B. am 3. Oktober.'],
  ['zh-TW', '大海每天兩次爬上沙灘，停一會兒，再退回去。iPhone 15 在臺灣的銷量成長了3.5%，他們都很開心！'],
  ['ar', 'البحر يصعد الشاطئ مرتين كل يوم ثم يعود، وقد اشترى Apple iPhone 15 أمس بسعر 250 دولارا.'],
  ['th', 'ทะเลขึ้นฝั่งวันละสองครั้งแล้วก็ถอยกลับไปสู่ความลึก'],
];

describe.each(TEXTS)('The word groups of a text in %s: %s', (language, text) => {
  const shown = groups(text, language);
  const lines = shown.flatMap((group) => group.lines);

  it('show every character once, in order; only divided words get hyphens', () => {
    const squeeze = (one: string) => one.replace(/[\s-]/gu, '');
    expect(squeeze(lines.map(lineOf).join(''))).toBe(squeeze(text));
  });

  it('have one or two lines that fit, of at most four words', () => {
    for (const group of shown) expect([1, 2]).toContain(group.lines.length);
    for (const line of lines) {
      expect(measure(lineOf(line))).toBeLessThanOrEqual(line.length === 1 ? limits.widest : limits.width);
      expect(line.filter((word, at) => at === 0 || word.spaced).length).toBeLessThanOrEqual(4);
    }
  });

  it('begin with their first word and follow each other', () => {
    for (const [at, group] of shown.entries()) {
      expect(group.startSeconds).toBe(group.lines[0]?.[0]?.startSeconds);
      expect(group.endSeconds).toBeLessThanOrEqual(shown[at + 1]?.startSeconds ?? Number.POSITIVE_INFINITY);
    }
  });
});

describe('Word groups', () => {
  it.each([
    ['en', TEXTS[1]?.[1] ?? '', ['5 p.m.', 'Jan. 5, 2027', 'St. Louis']],
    ['de', TEXTS[2]?.[1] ?? '', ['ca. 14 Mio. €', 'z. B.', '3. Oktober']],
    [
      'fr',
      'La réunion aura lieu le 3 mai à 16 h 30 et coûtera 12 000 € à M. Dupont.',
      ['3 mai', '16 h 30', '12 000 €', 'M. Dupont'],
    ],
    ['zh-TW', TEXTS[3]?.[1] ?? '', ['3.5%', '臺灣的', '成長了']],
  ])('never tear a unit, a name or an abbreviation: %s', (language, text, kept) => {
    const lines = linesOf(groups(text, language)).flat().join('|');
    for (const token of kept) expect(lines).toContain(token);
  });

  it.each([
    ['en', 'They found arsenic in 8 of 9 wells there.', '8 of 9 wells'],
    ['en', 'In the town 3 out of 4 families own a car.', '3 out of 4'],
    ['de', 'Im ganzen Land sagen das 2 von 3 Befragten.', '2 von 3'],
    ['fr', 'Dans ce pays, cela touche 3 sur 4 familles.', '3 sur 4'],
    ['es', 'En la ciudad lo dicen 3 de cada 4 médicos.', '3 de cada 4'],
    ['pt', 'Na cidade dizem isso 3 em cada 4 médicos.', '3 em cada 4'],
    ['it', 'Nel paese lo dicono 2 su 3 studenti.', '2 su 3'],
    ['zh-TW', '這個村子的9口井中的8口有砷。', '9口井中的8口'],
    ['zh-CN', '这个城市里每5人就有1人失眠。', '每5人就有1人'],
  ])('never tear a ratio: %s: %s', (language, text, kept) => {
    expect(linesOf(groups(text, language)).flat().join('|')).toContain(kept);
  });

  it('end at the ends of sentences and clauses', () => {
    expect(linesOf(groups('The sea rises. Then it falls, and the boats lie on the sand.'))).toEqual([
      ['The sea rises.'],
      ['Then it falls,'],
      ['and the boats', 'lie on the sand.'],
    ]);
  });

  it.each([
    ['zh-CN', '上海有小雨，降水量不超过10毫米。', '上海有小雨，|降水量|不超过10毫米。'],
    ['zh-TW', '除了鹽，什麼調味料都不用。', '除了鹽，|什麼調味料|都不用。'],
    ['zh-CN', '想一想：如果月亮不转，我们还看得见它吗？', '想一想：|如果月亮不转，|我们|还看得见它吗？'],
    ['zh-TW', '因為檢查人員在兩根吊索上發現裂縫。', '因為檢查人員|在兩根吊索上|發現裂縫。'],
    ['en', 'It weighs 1 kg, and experts ask why it floats.', 'It weighs 1 kg,|and experts ask|why it floats.'],
  ])('begin no clause or phrase at the end of a line that cannot finish it: %s: %s', (language, text, lines) => {
    expect(linesOf(groups(text, language)).flat().join('|')).toBe(lines);
  });

  it('leave no short word alone on a line', () => {
    for (const [language, text] of TEXTS.slice(0, 2)) {
      const alone = groups(text, language).flatMap(({ lines }) =>
        lines.length === 2 ? lines.filter((line) => line.length === 1).map(lineOf) : [],
      );
      expect(alone.filter((word) => word.length < 8)).toEqual([]);
    }
  });

  it('divide a word that is wider than a line with hyphens, into even parts that share its time', () => {
    const [group, ...more] = groups('Donaudampfschifffahrtsgesellschaft.', 'de');
    const parts = [group, ...more].flatMap((one) => one?.lines.flat() ?? []);
    expect(parts.map(({ text }) => text)).toEqual(['Donaudampf-', 'schifffahrts-', 'gesellschaft.']);
    for (const [at, part] of parts.entries())
      expect(part.endSeconds).toBeCloseTo(parts[at + 1]?.startSeconds ?? part.endSeconds, 9);
  });

  it('leave a long word whole where only a little is missing', () => {
    expect(linesOf(groups('Ihre Verantwortlichkeit zählt.', 'de')).flat()).toContain('Verantwortlichkeit');
  });

  it.each([
    ['en', 'Write to help@lumio.example today.', ['help@lumio.example']],
    ['en', 'Set server.keepAliveTimeout only then.', ['server.keepAliveTimeout']],
    ['it', 'Scrivete a info@malga.example oggi.', ['info@malga.example']],
    ['es', 'Visite https://faro.example/horario hoy.', ['https://faro.example', '/horario']],
    [
      'de',
      'Mehr unter https://www.leuchtturm-museum.example/zeiten heute.',
      ['https://www', '.leuchtturm-museum', 'zeiten'],
    ],
    ['zh-TW', '或看https://ferry.example/schedule的公告。', ['https://ferry.example', '/schedule']],
  ])('leave an address or a name in code whole, or divide it at its marks: %s: %s', (language, text, kept) => {
    const lines = linesOf(groups(text, language)).flat();
    for (const part of kept) expect(lines.some((line) => line.startsWith(part))).toBe(true);
    for (const line of lines) if (/^[@./]/u.test(line)) expect(line).not.toMatch(/-$/u);
  });

  it.each([
    ['en', 'Add 250 g butter.', ['Add', '250 g', 'butter.']],
    ['de', 'Um 7.45 Uhr, d. h. bald.', ['Um', '7.45 Uhr,', 'd. h.', 'bald.']],
    ['es', 'Suba sin viento de 70 km/h.', ['Suba', 'sin', 'viento', 'de', '70 km/h.']],
    ['fr', 'Elle court à 7 h 45.', ['Elle', 'court', 'à', '7 h 45.']],
    ['pt', 'Ela pagou R$ 1.500 ontem.', ['Ela', 'pagou', 'R$ 1.500', 'ontem.']],
    ['it', 'Pesa 180 kg in tutto.', ['Pesa', '180 kg', 'in', 'tutto.']],
    ['zh-TW', '氣溫 30 °C，很熱。', ['氣溫', '30 °C', '，', '很熱', '。']],
  ])('have an amount and its unit as one word, which is marked as a whole: %s: %s', (language, text, words) => {
    const shown = groups(text, language).flatMap(({ lines }) => lines.flat());
    expect(shown.map((word) => word.text)).toEqual(words);
    for (const [at, word] of shown.entries())
      expect(word.endSeconds).toBeLessThanOrEqual(shown[at + 1]?.startSeconds ?? Number.POSITIVE_INFINITY);
  });

  it('are none where there are no words', () => {
    expect(groupsOf([], measure, limits)).toEqual([]);
  });
});
