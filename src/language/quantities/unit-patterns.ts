/** What may follow a number, as source text of regular expressions that are tried at its end. Every alternative is a fixed text. */
const SIGNS = '%|‰|° ?[CF]|°';
const SHORT_UNITS =
  'km/h|km²|km2|km|m²|m2|m³|cm|mm|ha|kg|mg|kWh|MWh|GWh|TWh|kW|MW|GW|kHz|MHz|GHz|Hz|MB|GB|TB|ppm|dB|mph|m|g|t|l';
const CURRENCIES =
  '€|\\$|£|¥|EUR|USD|GBP|CHF|euros?|Euros?|dollars?|Dollars?|Dollar|dólares|dollari|pounds?|yen|yuan|francs?|Franken|pesos?|reais|libras';
const LONG_UNITS = [
  'percent|per cent|percentage points|degrees Celsius|degrees|kilomet(?:er|re)s?|met(?:er|re)s?|miles|feet|inches|tons|tonnes|kilograms|kilos|pounds|lit(?:er|re)s?|hours|minutes|seconds|days|weeks|months|years|acres|hectares',
  'Prozent|Prozentpunkte|Grad Celsius|Grad|Kilometern?|Metern?|Zentimetern?|Tonnen|Kilogramm|Kilo|Liter|Stunden|Minuten|Sekunden|Tagen?|Wochen|Monaten?|Jahren?|Hektar',
  'pour cent|degrés|kilomètres|mètres|tonnes|kilos|litres|heures|minutes|secondes|jours|semaines|mois|ans|années|hectares',
  'por ciento|por cento|per cento|grados|graus|gradi|kilómetros|quilómetros|quilômetros|chilometri|metros|metri|toneladas|tonnellate|kilos|quilos|chili|litros|litri|horas|ore|minutos|minuti|días|dias|giorni|semanas|settimane|meses|mesi|años|anos|anni|hectáreas|hectares|ettari',
].join('|');
const LARGE =
  'thousand|million|billion|trillion|Tausend|Millionen|Million|Milliarden|Milliarde|Billionen|Mio\\.|Mrd\\.|millions|milliards|milliard|mille|mil millones|millones|millón|mil milhões|milhões|milhão|bilhões|bilhão|mil|milioni|milione|miliardi|miliardo|mila';
const PEOPLE =
  'people|men|women|children|personnes|habitants|personas|habitantes|pessoas|persone|abitanti|pays|países|paesi|espèces|especies|espécies|specie';

/** "%", " °C", " km", " euros" or " percent". */
export const UNIT = new RegExp(
  `^[ \\u00a0\\u202f]?(?:${SIGNS}|(?:${CURRENCIES}|${LONG_UNITS}|${SHORT_UNITS})(?!\\p{L}))`,
  'u',
);
/** " million". */
export const SCALE = new RegExp(`^[ \\u00a0\\u202f]?(?:${LARGE})(?!\\p{L})`, 'u');
/** What is counted after a large number: " of", " de", " d’". */
export const OF = /^ (?:of|de|di) |^ d[’']/u;

/** A noun in the plural. */
const NOUNS: Readonly<Record<string, RegExp>> = {
  en: new RegExp(
    `^ (?:${PEOPLE}|(?!(?:was|has|this|its|does|less|plus|times|always|across|versus|perhaps|his|hers|theirs|ours)(?!\\p{L}))\\p{Ll}{3,20}s)(?!\\p{L})`,
    'u',
  ),
  de: /^ \p{Lu}\p{Ll}{2,24}(?!\p{L})/u,
};
const OTHER_NOUNS = new RegExp(`^ (?:${PEOPLE})(?!\\p{L})`, 'u');

export function nounPattern(base: string): RegExp {
  return NOUNS[base] ?? OTHER_NOUNS;
}

/** What a number counts in Chinese, with a large number and "more" before it: "萬人", "多公里". */
export const HAN_UNIT =
  /^ ?(?:[百千]?[萬万億亿]|千|百)?(?:多|餘|余)?(?:%|平方公里|公里|公尺|公分|公斤|公噸|公頃|公升|小時|小时|分鐘|分钟|美元|歐元|欧元|人民幣|英里|千米|毫米|厘米|米|噸|吨|元|度|人|名|位|隻|頭|头|種|种|座|棵|倍|歲|岁|天)|^ ?(?:[百千]?[萬万億亿])(?:多|餘|余)?/u;
/** A number in Chinese characters with what it counts: "八千人", "三成". */
export const HAN_QUANTITY =
  /(?<![第一二兩两三四五六七八九十百千萬万億亿零\p{Nd}])(?:[一二兩两三四五六七八九十百千萬万億亿零]{1,9}(?<=[千萬万億亿])[多餘余]?(?:公里|公尺|公斤|公頃|小時|小时|人|名|元|噸|吨|種|种|隻)|[二三四五六七八九]成(?=[的以人民，。、；]|$))/gu;
