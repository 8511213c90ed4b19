import { MONTHS } from '../sentences/unit-words.ts';

const OPENS_BYLINE =
  /^(?:By|BY|Von|VON|Par|PAR|Por|POR|[Dd]i|Words by|Written by|(?:Author|Autora?|Auteure?|Autore|Autrice|Text|Texte|Texto|Testo|Interview|Entretien|Entrevista|Intervista|Photos?|Fotos?|Photographs|Reporting|Story) ?:)\s(?=\p{Lu})/u;
const CHINESE_BYLINE =
  /^(?:文|記者|记者|作者|撰文|編輯|编辑|責任編輯|责任编辑|來源|来源|圖|图)\s?[/／|｜:：]\s?.{1,40}$|^【?(?:記者|记者).{1,20}[/／].{1,10}(?:報導|报道)】?$/u;
/** Between the names of authors. */
const JOINS_NAMES = new Set('and und et y e de van von da del di & la le'.split(' '));
const MOST_NAMES = 8;

const PUBLISHED =
  /^(?:published|updated|posted|last updated|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|發布|发布|更新)(?: ?(?:on|am|le|el|em|il|時間|时间)(?=[\s:：]))?\s?[:：]?\s?/iu;
const NUMBER = /^\d{1,4}(?:st|nd|rd|th|er|º|\.)?$/u;
const NUMERIC_DATE = /^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}[日號号])$/u;
const CLOCK = /^\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[ap]m)?$/iu;
const WORDS = new Set(
  `at on um à a las às alle ore de del uhr am pm a.m p.m le el em il ET EST EDT PT PST PDT GMT UTC CET CEST
  mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
  mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
  segunda-feira terça-feira quarta-feira quinta-feira sexta-feira lunedì martedì mercoledì giovedì venerdì sabato domenica`
    .toLowerCase()
    .split(/\s+/u),
);
const MOST_WORDS = 12;

/** "By Jane Doe, Science Editor", "Von Anna Berg", "作者：王小明" */
export function isByline(line: string): boolean {
  const opening = OPENS_BYLINE.exec(line)?.[0];
  if (opening === undefined) return CHINESE_BYLINE.test(line);
  const names = line.slice(opening.length).split(/,|\||\s[–—/-]\s/u, 1)[0] ?? '';
  const words = names.trim().split(/\s+/u);
  return (
    words.length <= MOST_NAMES && words.every((word) => JOINS_NAMES.has(word) || /^\p{Lu}[\p{L}.’'-]*$/u.test(word))
  );
}

/** "March 3, 2027", "Publié le 3 mars 2027 à 14h05", "03.03.2027, 14:05 Uhr": a year and nothing but a date. */
export function isDateLine(line: string): boolean {
  const words = line
    .replace(PUBLISHED, '')
    .split(/[\s,|·•–—]+|\s-\s/u)
    .filter((word) => word !== '');
  const hasYear = words.some((word) => /^\d{4}$/u.test(word) || NUMERIC_DATE.test(word));
  return hasYear && words.length <= MOST_WORDS && words.every(isDateWord);
}

function isDateWord(word: string): boolean {
  if (NUMBER.test(word) || NUMERIC_DATE.test(word) || CLOCK.test(word)) return true;
  const bare = word.toLowerCase().replace(/[.:]$/u, '');
  return WORDS.has(bare) || isMonth(bare);
}

/** True for the name of a month or its abbreviation without a full stop, in lower case. */
export function isMonth(word: string): boolean {
  return Object.values(MONTHS).some((names) => names.has(word));
}
