/** Units and words after a number, which are not parted from it. Hours ("5 p. m.") are among them. */
const UNITS: ReadonlySet<string> = new Set(
  `g kg mg µg t lb lbs oz km m cm mm nm µm mi ft yd ha km² m² m³ cm² cm³ l L ml cl dl h min s sec ms Hz kHz MHz GHz kW kWh MW GW
  W V A mA °C °F ° K % ‰ km/h km/h. mph m/s kB MB GB TB px dpi bar Pa hPa kPa cal kcal J kJ dB a.m p.m am pm a. p. uhr o'clock
  bc ad bce ce tsp tbsp cups cup qt gal EL TL pers`.split(/\s+/u),
);

/** Units that are ordinary words of a language, as "am" in German: they count nothing there. */
const ORDINARY_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  de: new Set(['am', 'bar']),
  fr: new Set(['ce', 'mi']),
  es: new Set(['ha', 'mi']),
  pt: new Set(['bar']),
  it: new Set(['ha', 'ce', 'ad', 'mi', 'bar']),
};

export const LARGE_NUMBERS: ReadonlySet<string> = new Set(
  `thousand million billion trillion mio mrd tsd millionen million milliarden milliarde tausend mille millions milliard
  milliards mil millón millones milhão milhões bilhão bilhões milione milioni miliardo miliardi 萬 億 万 亿`.split(
    /\s+/u,
  ),
);

/** True for a unit after a number, also with a full stop or in capitals: "g", "km/h", "Uhr", "Min.". `base` is the first part of a BCP 47 tag. */
export function isUnit(word: string, base: string): boolean {
  const plain = word.replace(/\.$/u, '');
  const folded = plain.toLowerCase();
  if (ORDINARY_WORDS[base]?.has(folded)) return false;
  return UNITS.has(word) || UNITS.has(plain) || UNITS.has(folded) || isUnitPerUnit(plain);
}

/** "kg/m²", "mg/l", "€/kg" */
function isUnitPerUnit(word: string): boolean {
  const [above = '', below = '', ...more] = word.split('/', 3);
  const isPart = (part: string): boolean =>
    UNITS.has(part) || UNITS.has(part.replace(/[²³]$/u, '')) || CURRENCY.test(part);
  return more.length === 0 && below !== '' && isPart(above) && isPart(below);
}

/** A currency as a sign, a code or a word. */
export const CURRENCY =
  /^(?:[A-Z]{0,3}[$€£¥₩₹]|R\$|EUR|USD|GBP|CHF|JPY|CNY|RMB|TWD|HKD|BRL|MXN|CAD|AUD|euros?|Euros?|dollars?|pounds?|yen|yuan|pesos?|reais|francs?|Franken|Dollar)$/u;

/** Chinese units and measure words after a number. */
export const HAN_UNITS =
  /^(?:公里|公尺|公分|公斤|公克|公頃|公升|毫升|毫米|厘米|千米|千克|平方|元|萬|億|万|亿|歲|岁|年|月|日|號|号|點|点|分|秒|度|人|個|个|次|天|倍|米|克|升|噸|吨)/u;

/** Signs before a number. */
export const SIGNS = /^(?:[+−±~≈<>≤≥#№§×=-])$/u;

/** Titles that are written without a full stop, as in British English and French, and those of rulers. */
export const TITLES_WITHOUT_DOT: ReadonlySet<string> = new Set(
  `Mr Mrs Ms Dr Prof St Mme Mlle Mgr Sr Sra Dra King Queen Prince Princess Emperor Pope Kaiser Kaiserin König Königin Papst
  Roi Reine Rey Reina Rei Rainha Papa`.split(/\s+/u),
);

export const COMPANY_FORMS: ReadonlySet<string> = new Set('inc ltd llc corp plc gmbh jr s.p.a s.r.l ltda'.split(' '));

/** Words before a number that counts something. */
export const NUMBERED_WORDS: ReadonlySet<string> = new Set(
  `page pages chapter section figure table line version number volume seite kapitel abschnitt abbildung tabelle nummer band
  página capítulo figura tabla número tabela chapitre tableau numéro pagina capitolo numero n.º nº n° n.°`.split(
    /\s+/u,
  ),
);

/** Names of months and their abbreviations without the full stop, by language. */
export const MONTHS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: months(`january february march april june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec`),
  de: months(`januar jänner februar märz april mai juni juli august september oktober november dezember jan feb apr aug sept okt
    nov dez`),
  fr: months(`janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil sept oct
    nov déc`),
  es: months(
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene feb abr ago sept oct dic',
  ),
  pt: months(
    'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro jan fev abr ago set out dez',
  ),
  it: months(
    'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen feb apr ago ott dic',
  ),
};

function months(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/u));
}
