import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const cent: Noun = ['Cent', 'Cent'];
const dollar = (name: string) => ({ unit: [`${name}Dollar`, `${name}Dollar`] as const, hundredth: cent });
const euro = { unit: ['Euro', 'Euro'] as const, hundredth: cent };
const franken = { unit: ['Franken', 'Franken'] as const, hundredth: ['Rappen', 'Rappen'] as const };

export const GERMAN_CURRENCIES: SpokenLanguage['currencies'] = {
  $: dollar(''),
  US$: dollar(''),
  USD: dollar(''),
  HK$: dollar('Hongkong-'),
  A$: dollar('Australische '),
  AU$: dollar('Australische '),
  C$: dollar('Kanadische '),
  CA$: dollar('Kanadische '),
  S$: dollar('Singapur-'),
  NT$: dollar('Taiwan-'),
  R$: { unit: ['Real', 'Reais'] },
  '€': euro,
  EUR: euro,
  '£': { unit: ['Pfund', 'Pfund', 'neuter'], hundredth: ['Penny', 'Pence'] },
  GBP: { unit: ['Pfund', 'Pfund', 'neuter'], hundredth: ['Penny', 'Pence'] },
  '¥': { unit: ['Yen', 'Yen'] },
  '₹': { unit: ['Rupie', 'Rupien', 'feminine'] },
  '₩': { unit: ['Won', 'Won'] },
  CHF: franken,
  'Fr.': franken,
};

export const GERMAN_UNITS = nouns(`
  km | Kilometer | Kilometer
  m | Meter | Meter
  cm | Zentimeter | Zentimeter
  mm | Millimeter | Millimeter
  nm | Nanometer | Nanometer
  μm | Mikrometer | Mikrometer
  m² ; m2 ; qm | Quadratmeter | Quadratmeter
  km² ; km2 ; qkm | Quadratkilometer | Quadratkilometer
  cm² | Quadratzentimeter | Quadratzentimeter
  m³ ; m3 | Kubikmeter | Kubikmeter
  km/h | Kilometer pro Stunde | Kilometer pro Stunde
  m/s | Meter pro Sekunde | Meter pro Sekunde
  l ; L | Liter | Liter
  dl | Deziliter | Deziliter
  cl | Zentiliter | Zentiliter
  ml | Milliliter | Milliliter
  kg | Kilogramm | Kilogramm | n
  g | Gramm | Gramm | n
  mg | Milligramm | Milligramm | n
  µg ; μg | Mikrogramm | Mikrogramm | n
  t | Tonne | Tonnen | f
  ha | Hektar | Hektar
  h ; Std. | Stunde | Stunden | f
  min ; Min. | Minute | Minuten | f
  s ; Sek. | Sekunde | Sekunden | f
  ms | Millisekunde | Millisekunden | f
  TL | Teelöffel | Teelöffel
  EL | Esslöffel | Esslöffel
  KB ; kB | Kilobyte | Kilobyte | n
  MB | Megabyte | Megabyte | n
  GB | Gigabyte | Gigabyte | n
  TB | Terabyte | Terabyte | n
  Mbit/s | Megabit pro Sekunde | Megabit pro Sekunde | n
  Hz | Hertz | Hertz | n
  kHz | Kilohertz | Kilohertz | n
  MHz | Megahertz | Megahertz | n
  GHz | Gigahertz | Gigahertz | n
  W | Watt | Watt | n
  μs | Mikrosekunde | Mikrosekunden | f
  μL ; μl | Mikroliter | Mikroliter
  Ω | Ohm | Ohm | n
  kΩ | Kiloohm | Kiloohm | n
  MΩ | Megaohm | Megaohm | n
  kW | Kilowatt | Kilowatt | n
  MW | Megawatt | Megawatt | n
  GW | Gigawatt | Gigawatt | n
  kWh | Kilowattstunde | Kilowattstunden | f
  MWh | Megawattstunde | Megawattstunden | f
  V | Volt | Volt | n
  kcal | Kilokalorie | Kilokalorien | f
  hPa | Hektopascal | Hektopascal | n
  dB | Dezibel | Dezibel | n
  PS | Pferdestärke | Pferdestärken | f
  px | Pixel | Pixel | n
  °C ; ° C | Grad Celsius | Grad Celsius
  °F ; ° F | Grad Fahrenheit | Grad Fahrenheit
  ° | Grad | Grad
  x | mal | mal | n
  % | Prozent | Prozent | n
  ‰ | Promille | Promille | n
`);

const ABBREVIATIONS = withCapitals({
  'z. B.': 'zum Beispiel',
  'z.B.': 'zum Beispiel',
  'd. h.': 'das heißt',
  'd.h.': 'das heißt',
  'u. a.': 'unter anderem',
  'u.a.': 'unter anderem',
  'u. Ä.': 'und Ähnliches.',
  'u.Ä.': 'und Ähnliches.',
  'u. U.': 'unter Umständen',
  'u.U.': 'unter Umständen',
  'i. d. R.': 'in der Regel',
  'i.d.R.': 'in der Regel',
  'o. Ä.': 'oder Ähnliches.',
  'z. T.': 'zum Teil',
  'z.T.': 'zum Teil',
  's. o.': 'siehe oben',
  's.o.': 'siehe oben',
  's. u.': 'siehe unten',
  's.u.': 'siehe unten',
  'v. a.': 'vor allem',
  'v.a.': 'vor allem',
  'v. Chr.': 'vor Christus.',
  'v.Chr.': 'vor Christus.',
  'n. Chr.': 'nach Christus.',
  'n.Chr.': 'nach Christus.',
  'usw.': 'und so weiter.',
  // The voice says "ketera".
  'etc.': 'et zetera.',
  'uvm.': 'und vieles mehr.',
  'bzw.': 'beziehungsweise',
  // The voice says "kirka" for "circa".
  'ca.': 'zirka',
  'evtl.': 'eventuell',
  'ggf.': 'gegebenenfalls',
  'inkl.': 'inklusive',
  'exkl.': 'exklusive',
  'vgl.': 'vergleiche',
  'sog.': 'sogenannte',
  'gem.': 'gemäß',
  'rd.': 'rund',
  'lt.': 'laut',
  'bspw.': 'beispielsweise',
  'Pers.': 'Personen.',
  'bzgl.': 'bezüglich',
  'max.': 'maximal',
  'ggü.': 'gegenüber',
  'min.': 'mindestens',
  'Nr.': 'Nummer',
  'Abs.': 'Absatz',
  'Art.': 'Artikel',
  'Bd.': 'Band',
  'Kap.': 'Kapitel',
  'Abb.': 'Abbildung',
  'Jh.': 'Jahrhundert.',
  'St.': 'Sankt',
  'Dr.': 'Doktor',
  'Prof.': 'Professor',
  'Hr.': 'Herr',
  'Fr.': 'Frau',
  'Str.': 'Straße',
  'Hauptstr.': 'Hauptstraße',
  'Tel.': 'Telefon',
  'geb.': 'geboren',
});

/** "U." is most often an initial. */
export const GERMAN_ABBREVIATIONS: Readonly<Record<string, string>> = { ...ABBREVIATIONS, 'u.': 'und' };

export const GERMAN_SPELLED: ReadonlySet<string> = new Set(
  'USA EU AG UK KI IT EDV ARD ADAC AEG IG IHK EZB EKG ISBN EM WM UKW USB URL UV AOK OECD IOC IWF US'.split(' '),
);
