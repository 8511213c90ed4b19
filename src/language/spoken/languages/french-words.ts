import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const cent: Noun = ['centime', 'centimes'];
const dollar = (of: string) => ({
  unit: [`dollar${of}`, `dollars${of}`] as const,
  hundredth: ['cent', 'cents'] as const,
});
const euro = { unit: ['euro', 'euros'] as const, hundredth: cent };
const million: Noun = ["million d'euros", "millions d'euros"];
const milliard: Noun = ["milliard d'euros", "milliards d'euros"];

export const FRENCH_CURRENCIES: SpokenLanguage['currencies'] = {
  $: dollar(''),
  US$: dollar(''),
  USD: dollar(''),
  HK$: dollar(' de Hong Kong'),
  A$: dollar(' australiens'),
  C$: dollar(' canadiens'),
  CA$: dollar(' canadiens'),
  $CA: dollar(' canadiens'),
  NT$: dollar(' taïwanais'),
  R$: { unit: ['réal', 'réaux'] },
  '€': euro,
  EUR: euro,
  'M€': { unit: million },
  'Md€': { unit: milliard },
  'Mds€': { unit: milliard },
  '£': { unit: ['livre', 'livres', 'feminine'], hundredth: ['penny', 'pence'] },
  GBP: { unit: ['livre', 'livres', 'feminine'], hundredth: ['penny', 'pence'] },
  '¥': { unit: ['yen', 'yens'] },
  '₹': { unit: ['roupie', 'roupies', 'feminine'] },
  '₩': { unit: ['won', 'wons'] },
  CHF: { unit: ['franc suisse', 'francs suisses'], hundredth: cent },
};

export const FRENCH_UNITS = nouns(`
  km | kilomètre
  m | mètre
  cm | centimètre
  mm | millimètre
  nm | nanomètre
  μm | micromètre
  m² ; m2 | mètre carré | mètres carrés
  km² ; km2 | kilomètre carré | kilomètres carrés
  cm² | centimètre carré | centimètres carrés
  m³ ; m3 | mètre cube | mètres cubes
  km/h | kilomètre à l'heure | kilomètres à l'heure
  m/s | mètre par seconde | mètres par seconde
  l ; L | litre
  dl | décilitre
  cl ; cL | centilitre
  ml ; mL | millilitre
  kg | kilogramme
  g | gramme
  mg | milligramme
  µg ; μg | microgramme
  t | tonne | tonnes | f
  ha | hectare
  h | heure | heures | f
  min ; mn | minute | minutes | f
  s ; sec | seconde | secondes | f
  ms | milliseconde | millisecondes | f
  c. à c. ; càc | cuillère à café | cuillères à café | f
  c. à s. ; càs | cuillère à soupe | cuillères à soupe | f
  Ko ; ko | kilooctet
  Mo | mégaoctet
  Go | gigaoctet
  To | téraoctet
  Mbit/s | mégabit par seconde | mégabits par seconde
  Hz | hertz | hertz
  kHz | kilohertz | kilohertz
  MHz | mégahertz | mégahertz
  GHz | gigahertz | gigahertz
  W | watt
  μs | microseconde | microsecondes | f
  μL ; μl | microlitre
  Ω | ohm
  kΩ | kilohm
  MΩ | mégohm
  kW | kilowatt
  MW | mégawatt
  GW | gigawatt
  kWh | kilowattheure
  V | volt
  kcal | kilocalorie | kilocalories | f
  dB | décibel
  °C ; ° C | degré Celsius | degrés Celsius
  °F ; ° F | degré Fahrenheit | degrés Fahrenheit
  ° | degré
  x | fois | fois | f
  % | pour cent | pour cent
  ‰ | pour mille | pour mille
`);

export const FRENCH_ABBREVIATIONS = withCapitals({
  'M.': 'Monsieur',
  'MM.': 'Messieurs',
  'p. ex.': 'par exemple',
  'p.ex.': 'par exemple',
  'par ex.': 'par exemple',
  'c.-à-d.': "c'est-à-dire",
  'c.à.d.': "c'est-à-dire",
  'etc.': 'etcétéra.',
  'env.': 'environ',
  'av. J.-C.': 'avant Jésus-Christ.',
  'apr. J.-C.': 'après Jésus-Christ.',
  'cf.': 'confer',
  'av.': 'avenue',
  'bd.': 'boulevard',
  'Dr.': 'Docteur',
  'Pr.': 'Professeur',
  'tél.': 'téléphone',
  'éd.': 'édition',
  'max.': 'maximum',
  'min.': 'minimum',
  'fig.': 'figure',
  'chap.': 'chapitre',
  'art.': 'article',
  'vol.': 'volume',
});

export const FRENCH_SHORT_WORDS: Readonly<Record<string, string>> = {
  Mme: 'Madame',
  Mmes: 'Mesdames',
  Mlle: 'Mademoiselle',
  Mlles: 'Mesdemoiselles',
  Dr: 'Docteur',
  Me: 'Maître',
  bd: 'boulevard',
};

export const FRENCH_SPELLED: ReadonlySet<string> = new Set(
  'UE USA ONG IA ADN PIB EDF ISBN URL USB UV OMC OMS AG RATP IUT UMP IVG ARN IRM UHT'.split(' '),
);
