import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const cent: Noun = ['centesimo', 'centesimi'];
const dollar = (of: string) => ({ unit: [`dollaro${of}`, `dollari${of}`] as const, hundredth: cent });
const euro = { unit: ['euro', 'euro'] as const, hundredth: cent };
const sterlina = { unit: ['sterlina', 'sterline', 'feminine'] as const, hundredth: ['penny', 'pence'] as const };

export const ITALIAN_CURRENCIES: SpokenLanguage['currencies'] = {
  $: dollar(''),
  US$: dollar(''),
  USD: dollar(''),
  HK$: dollar(' di Hong Kong'),
  A$: dollar(' australiani'),
  C$: dollar(' canadesi'),
  NT$: dollar(' di Taiwan'),
  R$: { unit: ['real', 'real'] },
  '€': euro,
  EUR: euro,
  '£': sterlina,
  GBP: sterlina,
  '¥': { unit: ['yen', 'yen'] },
  '₹': { unit: ['rupia', 'rupie', 'feminine'] },
  CHF: { unit: ['franco svizzero', 'franchi svizzeri'] },
};

export const ITALIAN_UNITS = nouns(`
  km | chilometro | chilometri
  m | metro | metri
  cm | centimetro | centimetri
  mm | millimetro | millimetri
  nm | nanometro | nanometri
  μm | micrometro | micrometri
  m² ; m2 ; mq | metro quadrato | metri quadrati
  km² ; km2 ; kmq | chilometro quadrato | chilometri quadrati
  cm² | centimetro quadrato | centimetri quadrati
  m³ ; m3 ; mc | metro cubo | metri cubi
  km/h | chilometro all'ora | chilometri all'ora
  m/s | metro al secondo | metri al secondo
  l ; L | litro | litri
  dl | decilitro | decilitri
  cl | centilitro | centilitri
  ml | millilitro | millilitri
  kg | chilogrammo | chilogrammi
  g ; gr | grammo | grammi
  mg | milligrammo | milligrammi
  µg ; μg | microgrammo | microgrammi
  t | tonnellata | tonnellate | f
  ha | ettaro | ettari
  h | ora | ore | f
  min | minuto | minuti
  s ; sec | secondo | secondi
  ms | millisecondo | millisecondi
  KB ; kB | kilobyte | kilobyte
  MB | megabyte | megabyte
  GB | gigabyte | gigabyte
  TB | terabyte | terabyte
  Mbps | megabit al secondo | megabit al secondo
  Hz | hertz | hertz
  kHz | chilohertz | chilohertz
  MHz | megahertz | megahertz
  GHz | gigahertz | gigahertz
  W | watt | watt
  μs | microsecondo | microsecondi
  μL ; μl | microlitro | microlitri
  Ω | ohm | ohm
  kΩ | kiloohm | kiloohm
  MΩ | megaohm | megaohm
  kW | chilowatt | chilowatt
  MW | megawatt | megawatt
  GW | gigawatt | gigawatt
  kWh | chilowattora | chilowattora
  V | volt | volt
  kcal | chilocaloria | chilocalorie | f
  dB | decibel | decibel
  °C ; ° C | grado Celsius | gradi Celsius
  °F ; ° F | grado Fahrenheit | gradi Fahrenheit
  ° | grado | gradi
  x | volta | volte | f
  % | per cento | per cento
  ‰ | per mille | per mille
`);

export const ITALIAN_ABBREVIATIONS = withCapitals({
  'sig.': 'signor',
  'Sig.': 'Signor',
  'sig.ra': 'signora',
  'Sig.ra': 'Signora',
  'sigg.': 'signori',
  'dott.': 'dottor',
  'Dott.': 'Dottor',
  'dott.ssa': 'dottoressa',
  'Dott.ssa': 'Dottoressa',
  'Dr.': 'Dottor',
  'prof.': 'professor',
  'Prof.': 'Professor',
  'prof.ssa': 'professoressa',
  'ing.': 'ingegner',
  'avv.': 'avvocato',
  'arch.': 'architetto',
  'geom.': 'geometra',
  'card.': 'cardinal',
  'mons.': 'monsignor',
  'on.': 'onorevole',
  'cav.': 'cavalier',
  'p. es.': 'per esempio',
  'p.es.': 'per esempio',
  'es.': 'esempio',
  'ecc.': 'eccetera.',
  'etc.': 'eccetera.',
  'ca.': 'circa',
  'a.C.': 'avanti Cristo.',
  'a. C.': 'avanti Cristo.',
  'd.C.': 'dopo Cristo.',
  'd. C.': 'dopo Cristo.',
  'pag.': 'pagina',
  'cap.': 'capitolo',
  'art.': 'articolo',
  'sec.': 'secolo.',
  'tel.': 'telefono',
  'cfr.': 'confronta',
  'max.': 'massimo',
  'min.': 'minimo',
  'vs.': 'contro',
});

export const ITALIAN_SPELLED: ReadonlySet<string> = new Set('UE USA IA URL USB UV ISBN FMI OMS IVG AG'.split(' '));
