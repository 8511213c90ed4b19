import { toCardinal, toOrdinal } from 'n2words/fr-FR';
import { romanValue } from '../numerals.ts';
import type { Rule } from '../rules/reader.ts';
import { byRegion, labels, postcode } from '../rules/references.ts';

/** "1er", "1re", "2nde", "75e", "2ème": the ending of an ordinal. */
const ENDING = /^(?:er|re|ère|nd|nde|e|ème|eme|ième|es|èmes)$/u;

function ordinalWord(value: number, ending: string): string {
  if (value === 1) return /^(?:re|ère)$/u.test(ending) ? 'première' : 'premier';
  if (value === 2 && ending === 'nd') return 'second';
  if (value === 2 && ending === 'nde') return 'seconde';
  return toOrdinal(value);
}

const ordinal: Rule = (reader, at) => {
  const value = reader.small(at);
  const ending = reader.text(at + 1);
  if (value === undefined || value === 0 || !ENDING.test(ending)) return undefined;
  return { words: ordinalWord(value, ending), end: at + 2 };
};

/** "XXIe siècle", "François Ier". */
const romanOrdinal: Rule = (reader, at) => {
  const [, numeral = '', ending = ''] = /^([IVXLC]{1,9})(er|re|e|es|ème)$/u.exec(reader.text(at)) ?? [];
  const value = romanValue(numeral);
  // "Le", "Les" and "Ce" are words.
  if (value === undefined || /^[LC](?:e|es|re)$/u.test(reader.text(at))) return undefined;
  return { words: ordinalWord(value, ending), end: at + 1 };
};

/** "Louis XIV", "chapitre IV". */
const roman: Rule = (reader, at) => {
  const text = reader.text(at);
  const value = romanValue(text);
  const before = reader.wordBefore(at);
  if (value === undefined || reader.token(at - 1).kind !== 'space') return undefined;
  const isNumbered = /^(?:chapitre|tome|partie|acte|titre|livre|guerre|mondiale|volume|annexe|phase|type)$/iu.test(
    before,
  );
  const isRuler =
    /^(?:Louis|Henri|Charles|Philippe|Napoléon|François|Jean|Paul|Pie|Benoît|Élisabeth|Elizabeth|Léopold|Albert|Baudouin|Guillaume|Édouard|Georges)$/u.test(
      before,
    );
  if (!isNumbered && !isRuler && (text.length < 2 || !/^\p{Lu}\p{Ll}/u.test(before))) return undefined;
  return { words: isRuler && value === 1 ? 'premier' : toCardinal(value), end: at + 1 };
};

/** "St-Denis", "Ste-Marie". */
const saint: Rule = (reader, at) => {
  const text = reader.text(at);
  if ((text !== 'St' && text !== 'Ste') || !/^[-.]$/u.test(reader.text(at + 1))) return undefined;
  const next = reader.skipSpace(at + 2);
  if (!/^\p{Lu}/u.test(reader.text(next))) return undefined;
  return { words: text === 'St' ? 'Saint ' : 'Sainte ', end: next };
};

/** "n° 5", "nº 5". */
const number: Rule = (reader, at) => {
  if (!/^[nN]$/u.test(reader.text(at)) && !/^[nN]º$/u.test(reader.text(at))) return undefined;
  const mark = /º$/u.test(reader.text(at)) ? at : reader.text(at + 1) === '°' ? at + 1 : undefined;
  if (mark === undefined) return undefined;
  const next = reader.skipSpace(mark + 1);
  return reader.token(next).kind === 'number' ? { words: 'numéro ', end: next } : undefined;
};

/** "24h/24", "7j/7". */
const aroundTheClock: Rule = (reader, at) => {
  const [first, second] = [reader.small(at), reader.small(at + 3)];
  const unit = { h: 'heures', j: 'jours' }[reader.text(at + 1)];
  if (first === undefined || second === undefined || unit === undefined || reader.text(at + 2) !== '/')
    return undefined;
  return { words: `${toCardinal(first)} ${unit} sur ${toCardinal(second)}`, end: at + 4 };
};

export const FRENCH_RULES: readonly Rule[] = [
  aroundTheClock,
  ordinal,
  romanOrdinal,
  roman,
  saint,
  number,
  labels({ p: 'page', pp: 'pages', al: 'alinéa' }),
  postcode(byRegion),
];
