import { type Language } from '../../../../language/language.ts';
import { lazily } from '../../../../lazily.ts';
import { wordsOf } from './motif-lexicon.ts';
import type { Motif } from './motif-signs.ts';

/** Of things that a ruler measures: no distances, areas or heights of places. */
const LENGTH =
  /\d\s?(?:cm|ft)(?![\p{Script=Latin}\d/²³])|(?<![\d.,])\d(?:[.,]\d{1,2})?\s?m(?![\p{Script=Latin}\d/²³])/u;
const DISTANCE = /\d\s?k?m(?![\p{Script=Latin}\d/²³])/u;
/** A distance that somebody covers is no length of a thing. */
const RACE =
  /(?<!\p{L})(?:r[au]n(?!\p{L})|runs|runn|race|sprint|swim|swam|hurdles|relay|lauf|läuft|lief|rennen|rannte|schwamm|staffel|cour(?:t|ut|s|u|ir)(?!\p{L})|course|nage|haies|corr[eií]|carrera|nadó|nadar|lisos|vallas|corrida|nadou|rasos|barreiras|cors[ae]|corso|nuot|ostacoli)|-?(?:lauf|sprint)(?!\p{L})|[跑賽赛泳]/iu;
/** Its speed is no reading of a speedometer. */
const WIND =
  /(?<!\p{L})(?:winds?|gusts?|böen?|sturm|vents?|rafales?|vientos?|rachas?|ventos?|rajadas?|vent[oi]|raffic[ah]e?)(?!\p{L})|[风風]/iu;
/** "(555) 010-0199", "0461 010203", "tel. 985 010 203"; "2026-03-04" is a date. */
const PHONE_NUMBER =
  /(?<![\d)])\(0?\d{2,4}\)\s?\d{3,4}[-\s]?\d{3,4}(?!\d)|(?<![\d.,/-])0\d{1,4}[-\s/]\d{6,8}(?!\d)|(?<!\d)\+\d{1,3}\s\d{2,4}[\s\d]{5,12}|(?<!\p{L})(?:tel|tél|telefono|teléfono|telefone|telefon|téléphone|phone)[.:]{1,2}\s?[+(]?\d|[电電][话話]\s?[:：]\s?[+(]?\d/iu;
/** An order to call an ambulance, the police or firefighters by their short number: "Appelez le 15." */
const CALL =
  /(?<!\p{L})(?:call|dial|rufen sie|ruf|wählen sie|wähl|appelez(?: le)?|composez(?: le)?|llame al|llama al|marque(?: el)?|ligue(?: para(?: o)?)?|disque|chiam(?:a|ate|i|are) il|digit(?:a|ate|i) il)(?: die| den)? (?:911|999|1\d\d?|0[689]\d)(?![\d.,]\d|\d|\s?[%°€$])|[撥拨打]打?\s?1\d{2}(?!\d)/iu;
/** What amounts and addresses are of, the first that matches. */
const MEASURES: readonly (readonly [motif: Motif, pattern: RegExp])[] = [
  ['coins', /[$€£¥₩₹]\s?\d|\d\s?(?:[€£¥₩₹$]|M€|元)|\d\s(?:EUR|USD|(?:mil )?reais)\b|EUR\s\d/u],
  ['thermometer', /\d\s?(?:°\s?[CF]\b|℃|℉)/u],
  ['phone', PHONE_NUMBER],
  ['phone', CALL],
  ['envelope-simple', /[\p{L}\p{N}]@[\p{L}\p{N}]/u],
  ['globe', /https?:\/\//u],
  ['gauge', /\d\s?(?:km\/h|mph|m\/s)(?!\p{Script=Latin})/u],
  ['ruler', LENGTH],
  ['percent', /\d\s?%/u],
];

/** A time of day; "1 h" alone is a duration or a rate. */
const TIME =
  /(?<![\d:])\d{1,2}:\d{2}(?![\d:])|\d\s?[ap]\.\s?m\.|\d\s?[ap]m\b|\d(?:\.\d{2})? Uhr|(?<!\d)\d{1,2}\s?h\s?\d{2}(?!\d)|(?<!\p{L})(?:à|dès|vers|entre|et|avant|après|às|as|até|las|alle|dalle|ore) \d{1,2}\s?h(?!\p{L})/giu;
/** What opens or closes at one time. */
const OPENS =
  /(?<!\p{L})(?:opens? (?:at|from)|closes? at|(?:öffnet|schließt|geöffnet)(?: um| ab| bis)?|(?:ouvre|ferme|ouverte?)(?: à| dès)?|(?:abre|cierra) a las|(?:abre|fecha) às|(?:apre|chiude) alle) (?:\d{1,2}[:.]\d{2}|\d{1,2}\s?(?:h(?!\p{L})|Uhr|[ap]\.?\s?m))/iu;
/** From one hour to another: "de 10 a 14 h", "8–12 Uhr". */
const OPENING = /(?<!\d)\d{1,2}(?:\s?h)?\s?(?:a|à|às|alle|bis|[-–—~～至到])\s?\d{1,2}(?:\s?h(?!\p{L})| Uhr)/iu;
const FEWEST_TIMES = 2;
const FEWEST_MONTHS = 2;
/** Also words that are no months. */
const NO_MONTHS: ReadonlySet<string> = new Set([
  'may',
  'march',
  'mar',
  'sept',
  'set',
  'dec',
  'mai',
  'mars',
  'abr',
  'out',
]);

/** The motif of a text that has an amount, an address, several times or a date; null if it has none. */
export function measuredMotif(text: string, language: Language): Motif | null {
  const measured = MEASURES.find(([, pattern]) => pattern.test(text))?.[0];
  if ((measured ?? 'ruler') === 'ruler' && DISTANCE.test(text) && RACE.test(text)) return 'flag-checkered';
  if (measured === 'gauge' && WIND.test(text)) return '💨';
  if (measured !== undefined) return measured;
  if (isSchedule(text)) return 'clock';
  return hasDate(text, language) ? 'calendar-blank' : null;
}

/** A text about times of day; one alone is mentioned in passing. */
function isSchedule(text: string): boolean {
  return OPENING.test(text) || OPENS.test(text) || Array.from(text.matchAll(TIME)).length >= FEWEST_TIMES;
}

/** By primary subtag, made at the first use: a format takes a tenth of a millisecond, and a film asks for each beat. */
const MONTHS: Readonly<Record<string, () => ReadonlySet<string>>> = {
  en: lazily(() => monthsOf('en')),
  de: lazily(() => new Set([...monthsOf('de'), ...monthsOf('de-AT')])),
  fr: lazily(() => monthsOf('fr')),
  es: lazily(() => monthsOf('es')),
  pt: lazily(() => monthsOf('pt')),
  it: lazily(() => monthsOf('it')),
};

/** "3. 4. 1887", "03/04/1887", "2026-03-04". */
const NUMERIC_DATE =
  /(?<![\d.])\d{1,2}(?:\.\s?\d{1,2}\.\s?|\/\d{1,2}\/)[12]\d{3}(?!\d|\.\d)|(?<![\d-])[12]\d{3}-\d{2}-\d{2}(?![\d-])/u;

/** A month beside the number of a day, or two months: "Da giugno a settembre". */
function hasDate(text: string, { tag, base }: Language): boolean {
  if (NUMERIC_DATE.test(text)) return true;
  if (base === 'zh') return /\d月\d{1,2}日/u.test(text);
  const words = wordsOf(text);
  const months = MONTHS[base]?.() ?? monthsOf(tag);
  if (new Set(words.filter((word) => months.has(word) && !NO_MONTHS.has(word))).size >= FEWEST_MONTHS) return true;
  return words.some((word, at) => {
    if (!months.has(word)) return false;
    const before = words[at - 1] === 'de' ? words[at - 2] : words[at - 1];
    return isDay(before) || isDay(words[at + 1]);
  });
}

function isDay(word: string | undefined): boolean {
  return word !== undefined && /^(?:[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|º)?$/u.test(word);
}

function monthsOf(tag: string): Set<string> {
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2001, month, 15));
  return new Set(
    (['long', 'short'] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(tag, { month, timeZone: 'UTC' });
      return months.flatMap((time) => wordsOf(format.format(time)));
    }),
  );
}
