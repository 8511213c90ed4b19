/** What may follow a number. A phrase list has its phrases between bars, which no phrase contains. */
const SIGNS = '%|‰|° C|° F|°C|°F|°'.split('|');
const SHORT_UNITS =
  'km/h|km²|km2|km|m²|m2|m³|cm|mm|ha|kg|mg|kWh|MWh|GWh|TWh|kW|MW|GW|kHz|MHz|GHz|Hz|MB|GB|TB|ppm|dB|mph|m|g|t|l'.split(
    '|',
  );
const CURRENCIES =
  '€|$|£|¥|EUR|USD|GBP|CHF|euros|euro|Euros|Euro|dollars|dollar|Dollars|Dollar|dólares|dollari|pounds|pound|yen|yuan|francs|franc|Franken|pesos|peso|reais|libras'.split(
    '|',
  );
const LONG_UNITS = [
  'percent|per cent|percentage points|degrees Celsius|degrees|kilometers|kilometer|kilometres|kilometre|meters|meter|metres|metre|miles|feet|inches|tons|tonnes|kilograms|kilos|pounds|liters|liter|litres|litre|hours|minutes|seconds|days|weeks|months|years|acres|hectares',
  'Prozent|Prozentpunkte|Grad Celsius|Grad|Kilometern|Kilometer|Metern|Meter|Zentimetern|Zentimeter|Tonnen|Kilogramm|Kilo|Liter|Stunden|Minuten|Sekunden|Tagen|Tage|Wochen|Monaten|Monate|Jahren|Jahre|Hektar',
  'pour cent|degrés|kilomètres|mètres|tonnes|kilos|litres|heures|minutes|secondes|jours|semaines|mois|ans|années|hectares',
  'por ciento|por cento|per cento|grados|graus|gradi|kilómetros|quilómetros|quilômetros|chilometri|metros|metri|toneladas|tonnellate|kilos|quilos|chili|litros|litri|horas|ore|minutos|minuti|días|dias|giorni|semanas|settimane|meses|mesi|años|anos|anni|hectáreas|hectares|ettari',
].flatMap((phrases) => phrases.split('|'));
const LARGE =
  'thousand|million|billion|trillion|Tausend|Millionen|Million|Milliarden|Milliarde|Billionen|Mio.|Mrd.|millions|milliards|milliard|mille|mil millones|millones|millón|mil milhões|milhões|milhão|bilhões|bilhão|mil|milioni|milione|miliardi|miliardo|mila'.split(
    '|',
  );
const PEOPLE =
  'people|men|women|children|personnes|habitants|personas|habitantes|pessoas|persone|abitanti|pays|países|paesi|espèces|especies|espécies|specie'.split(
    '|',
  );
const WORD_UNITS = [...CURRENCIES, ...LONG_UNITS, ...SHORT_UNITS];
/** Words with an "s" at their end that are no plural. */
const NO_PLURALS = new Set(
  'was|has|this|its|does|less|plus|times|always|across|versus|perhaps|his|hers|theirs|ours'.split('|'),
);

/** The unit that a text begins with, with the space before it: "%", " °C", " km", " euros" or " percent"; or "". */
export function unitAt(text: string): string {
  return phraseAt(text, SIGNS, { isWord: false }) || phraseAt(text, WORD_UNITS);
}

/** The large number that a text begins with, with the space before it: " million"; or "". */
export function scaleAt(text: string): string {
  return phraseAt(text, LARGE);
}

/** What is counted after a large number: " of", " de", " d’". */
export const OF = /^ (?:of|de|di) |^ d[’']/u;

/** The noun in the plural that a text begins with, with the space before it; or "". */
export function nounAt(text: string, base: string): string {
  if (base === 'de') return /^ \p{Lu}\p{Ll}{2,24}(?!\p{L})/u.exec(text)?.[0] ?? '';
  const people = text.startsWith(' ') ? phraseAt(text, PEOPLE) : '';
  if (people !== '' || base !== 'en') return people;
  const plural = /^ (\p{Ll}{3,20}s)(?!\p{L})/u.exec(text);
  return plural?.[1] === undefined || NO_PLURALS.has(plural[1]) ? '' : plural[0];
}

/** The longest phrase that a text begins with, after one space or none; a word must not go on after it. */
function phraseAt(text: string, phrases: readonly string[], { isWord = true } = {}): string {
  const space = /^[ \u00a0\u202f]/u.test(text) ? text.slice(0, 1) : '';
  const fits = phrases.filter((phrase) => text.startsWith(phrase, space.length));
  const whole = fits.filter((phrase) => !isWord || !/^\p{L}/u.test(text.slice(space.length + phrase.length)));
  const longest = whole.reduce((most, phrase) => (phrase.length > most.length ? phrase : most), '');
  return longest === '' ? '' : space + longest;
}

/** What a number counts in Chinese, with a large number and "more" before it: "萬人", "多公里". */
export const HAN_UNIT =
  /^ ?(?:[百千]?[萬万億亿]|千|百)?(?:多|餘|余)?(?:%|平方公里|公里|公尺|公分|公斤|公噸|公頃|公升|小時|小时|分鐘|分钟|美元|歐元|欧元|人民幣|英里|千米|毫米|厘米|米|噸|吨|元|度|人|名|位|隻|頭|头|種|种|座|棵|倍|歲|岁|天)|^ ?(?:[百千]?[萬万億亿])(?:多|餘|余)?/u;
/** A number in Chinese characters with what it counts: "八千人", "三成". */
export const HAN_QUANTITY =
  /(?<![第一二兩两三四五六七八九十百千萬万億亿零\p{Nd}])(?:[一二兩两三四五六七八九十百千萬万億亿零]{1,9}(?<=[千萬万億亿])[多餘余]?(?:公里|公尺|公斤|公頃|小時|小时|人|名|元|噸|吨|種|种|隻)|[二三四五六七八九]成(?=[的以人民，。、；]|$))/gu;
