import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import type { ListContent, ListRow } from './list-content.ts';

const MOST_ROWS = 5;
const FEWEST_ROWS = 3;
/** As `widthOf` measures it; a longer part is a clause. */
const LONGEST_ITEM = 34;
const LONGEST_LEAD = 70;
const MOST_WORDS = 4;
/** Between the last two items; its words are left out, which "or" must not be. */
const LAST_JOINT: Readonly<Record<string, RegExp>> = {
  en: / and /u,
  de: / und /u,
  fr: / et /u,
  es: / [ye] /u,
  pt: / e /u,
  it: / ed? /u,
  zh: /[和與与及]|以及/u,
};
const CHOICE = /(?:^|\P{L})(?:or|oder|ou|o|either|entweder|soit|bzw|etc|usw)(?!\p{L})|或|等等/iu;
const MARKS = /["“”„«»「」()（）.!?。！？;；…–—]/u;

/** "You need three things: flour, water and salt." Null unless each item is a few words, and none denies anything. */
export function enumerationIn(text: string, language: Language): ListContent | null {
  const colon = text.search(/[:：]/u);
  const joint = LAST_JOINT[language.base];
  if (colon < 0 || joint === undefined || !hasQualifierWords(language.base)) return null;
  const lead = text.slice(0, colon).trim();
  const rest = withoutEnd(text.slice(colon + 1));
  const isPlain = !MARKS.test(lead) && !MARKS.test(rest) && !/[:：]/u.test(rest) && !CHOICE.test(rest);
  const isSpoken = /\p{L}$/u.test(lead) && widthOf(lead) <= LONGEST_LEAD && /\P{L}\p{L}|\p{Script=Han}{3}/u.test(lead);
  if (!isPlain || !isSpoken || qualifiersIn(text, language).length > 0) return null;
  const offset = text.indexOf(rest, colon + 1);
  const rows = itemsOf(rest, offset, joint, language.spaced);
  if (rows === null || rows.length < FEWEST_ROWS || rows.length > MOST_ROWS) return null;
  return rows.every(({ text: item }) => isItem(item, language)) ? { lead, rows, isNumbered: false } : null;
}

/** Null if it is not clear where the last item begins. */
function itemsOf(rest: string, offset: number, joint: RegExp, spaced: boolean): ListRow[] | null {
  const parts = spaced ? rest.split(',') : rest.split(/[、，]/u);
  const rows: ListRow[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const found = joint.exec(part);
    if (found !== null && !isLast) return null;
    if (found === null) rows.push(rowAt(part, offset + at));
    else {
      const after = found.index + found[0].length;
      // ", and salt"
      if (part.slice(0, found.index).trim() !== '') rows.push(rowAt(part.slice(0, found.index), offset + at));
      rows.push(rowAt(part.slice(after), offset + at + after));
    }
    at += part.length + 1;
  }
  return rows;
}

function rowAt(part: string, at: number): ListRow {
  return { text: part.trim(), start: at + part.length - part.trimStart().length };
}

function isItem(item: string, { spaced }: Language): boolean {
  const words = spaced ? item.split(' ').length : 1;
  return item !== '' && widthOf(item) <= LONGEST_ITEM && words <= MOST_WORDS;
}
