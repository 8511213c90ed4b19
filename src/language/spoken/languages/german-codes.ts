import { toOrdinal } from 'n2words/de-DE';
import type { Reader, Rule } from '../rules/reader.ts';
import { numberedVerse } from '../rules/references.ts';

/** Cities after which a number is certainly a postcode: nouns have capitals too, so "10115 Menschen" is an amount. */
const CITIES: ReadonlySet<string> = new Set(
  (
    'Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Hannover Nürnberg Duisburg Bochum ' +
    'Wuppertal Bielefeld Bonn Münster Mannheim Karlsruhe Augsburg Wiesbaden Mönchengladbach Gelsenkirchen Aachen Braunschweig Kiel ' +
    'Chemnitz Halle Magdeburg Freiburg Krefeld Mainz Lübeck Erfurt Oberhausen Rostock Kassel Hagen Potsdam Saarbrücken Hamm ' +
    'Ludwigshafen Oldenburg Leverkusen Osnabrück Solingen Heidelberg Darmstadt Regensburg Würzburg Ingolstadt Ulm Heilbronn Göttingen ' +
    'Jena Trier Weimar Konstanz Bamberg Passau Schwerin Tübingen Marburg'
  ).split(' '),
);
/** Of four digits. */
const SOUTHERN_CITIES: ReadonlySet<string> = new Set(
  'Wien Graz Linz Salzburg Innsbruck Klagenfurt Villach Bregenz Zürich Genf Basel Bern Lausanne Winterthur Luzern Vaduz'.split(
    ' ',
  ),
);

/** "10115 Berlin", "D-80331 München", "Hauptstraße 5, 96450 Coburg": the digits of a postcode. */
const postcode: Rule = (reader, at) => {
  const digits = reader.text(at);
  const city = reader.skipSpace(at + 1) > at + 1 ? reader.wordAfter(at + 1) : '';
  if (!/^\d{4,5}$/u.test(digits) || !/^\p{Lu}\p{Ll}/u.test(city)) return undefined;
  const isMarked = reader.text(at - 1) === '-' && /^(?:D|A|CH)$/u.test(reader.text(at - 2));
  if (!isMarked && !reader.isFree(at)) return undefined;
  // "1683 Wien" may be a year.
  const isYear = Number(digits) >= 1300 && Number(digits) <= 2100;
  const isKnown = digits.length === 5 ? CITIES.has(city) : SOUTHERN_CITIES.has(city) && !isYear;
  const isInAddress = digits.length === 5 && isAfterHouse(reader, at);
  return isMarked || isKnown || isInAddress ? { words: reader.digits(digits), end: at + 1 } : undefined;
};

/** After a number and a comma: "Hauptstraße 5, ". */
function isAfterHouse(reader: Reader, at: number): boolean {
  const comma = reader.token(at - 1).kind === 'space' ? at - 2 : at - 1;
  const house = /^[a-z]$/u.test(reader.text(comma - 1)) ? comma - 2 : comma - 1;
  return reader.text(comma) === ',' && /^\d{1,3}$/u.test(reader.text(house));
}

/** "eine Boeing 737". */
const aircraft: Rule = (reader, at) =>
  /^7[0-9]7$/u.test(reader.text(at)) && reader.wordBefore(at) === 'Boeing'
    ? { words: reader.digits(reader.text(at)), end: at + 1 }
    : undefined;

/** A letter is masculine, a book of the Old Testament neuter: "Erster Korinther", "Erstes Mose". */
const numbered = numberedVerse((value, book) => {
  const ordinal = toOrdinal(value);
  const ending = /^(?:Mose|Samuel|Könige|Chronik)$/u.test(book) ? 's' : 'r';
  return `${ordinal.charAt(0).toUpperCase()}${ordinal.slice(1)}${ending}`;
});

export const GERMAN_CODES: readonly Rule[] = [numbered, postcode, aircraft];
