import { expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import type { Block } from './block.ts';
import { isHeadingAt } from './plain-heading.ts';

const paragraph = (text: string): Block => ({ kind: 'paragraph', level: 0, text });
const FULL: Readonly<Record<string, string>> = {
  en: 'The harbour was quiet that morning. Nobody had slept.',
  de: 'Der Hafen war an diesem Morgen still. Niemand hatte geschlafen.',
  fr: 'Le port était calme ce matin-là. Personne n’avait dormi.',
  es: 'El puerto estaba tranquilo esa mañana. Nadie había dormido.',
  pt: 'O porto estava calmo naquela manhã. Ninguém tinha dormido.',
  it: 'Il porto era tranquillo quella mattina. Nessuno aveva dormito.',
  zh: '那天早上港口很安靜。沒有人睡過覺。',
};

/** Between two paragraphs of the middle of an article. */
function isHeading(line: string, language: string): boolean {
  const full = paragraph(FULL[language] ?? '');
  return isHeadingAt([paragraph('A Title'), full, paragraph(line), full], 2, languageOf(language));
}

it.each([
  ['en', 'She never came back'],
  ['en', 'It was too late'],
  ['en', 'The storm destroyed the harbour'],
  ['en', 'Nobody knows why'],
  ['en', 'But the sea had other plans for them'],
  ['en', 'I told him to wait until the rain had stopped'],
  ['en', 'There were no survivors'],
  ['en', 'and so they waited for the morning'],
  ['en', 'Three of the boats have not been found'],
  ['en', 'The mayor said he would rebuild it'],
  ['de', 'Sie kam nie zurück'],
  ['de', 'Es war zu spät'],
  ['de', 'Der Sturm hat den Hafen zerstört'],
  ['fr', 'Elle ne revint jamais'],
  ['fr', 'Il était trop tard'],
  ['es', 'Nunca volvió a casa, porque era tarde'],
  ['es', 'El puerto fue destruido'],
  ['pt', 'Ela nunca mais voltou'],
  ['it', 'Non è mai tornata'],
  ['zh', '她再也沒有回來'],
  ['zh', '港口被摧毀了'],
])('is a sentence without its full stop, and spoken, in %s: %s', (language, line) => {
  expect(isHeading(line, language)).toBe(false);
});

it.each([
  ['en', 'The Morning After'],
  ['en', 'Damage in the harbour'],
  ['en', 'Why the walls failed'],
  ['en', 'How it works'],
  ['en', 'What is a storm surge'],
  ['en', 'Lessons learned from the flood'],
  ['en', 'A new beginning'],
  ['en', 'Background'],
  ['en', 'What We Know'],
  ['en', 'Products used in the test'],
  ['en', 'The House That Jack Built'],
  ['de', 'Der Morgen danach'],
  ['de', 'Warum die Mauern brachen'],
  ['de', 'So funktioniert es'],
  ['de', 'Was ist eine Sturmflut'],
  ['fr', 'Le lendemain'],
  ['fr', 'Pourquoi les murs ont cédé'],
  ['es', 'La mañana siguiente'],
  ['es', 'Qué es una marejada'],
  ['pt', 'A manhã seguinte'],
  ['it', 'Il mattino dopo'],
  ['zh', '第二天早上'],
  ['zh', '為什麼牆倒了'],
])('is a heading in %s: %s', (language, line) => {
  expect(isHeading(line, language)).toBe(true);
});

it('may be a sentence where it is the first line: a title', () => {
  const blocks = ['The storm destroyed the harbour', FULL['en'] ?? ''].map(paragraph);
  expect(isHeadingAt(blocks, 0, languageOf('en'))).toBe(true);
});
