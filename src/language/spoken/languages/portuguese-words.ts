import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const centavo: Noun = ['centavo', 'centavos'];
const dollar = (of: string) => ({ unit: [`dólar${of}`, `dólares${of}`] as const, hundredth: centavo });
const euro = { unit: ['euro', 'euros'] as const, hundredth: ['cêntimo', 'cêntimos'] as const };
const libra = { unit: ['libra', 'libras', 'feminine'] as const, hundredth: ['pêni', 'pence'] as const };

export const PORTUGUESE_CURRENCIES: SpokenLanguage['currencies'] = {
  R$: { unit: ['real', 'reais'], hundredth: centavo },
  BRL: { unit: ['real', 'reais'], hundredth: centavo },
  $: dollar(''),
  US$: dollar(''),
  USD: dollar(''),
  HK$: dollar(' de Hong Kong'),
  A$: dollar(' australianos'),
  C$: dollar(' canadenses'),
  NT$: dollar(' de Taiwan'),
  '€': euro,
  EUR: euro,
  '£': libra,
  GBP: libra,
  '¥': { unit: ['iene', 'ienes'] },
  '₹': { unit: ['rupia', 'rupias', 'feminine'] },
  CHF: { unit: ['franco suíço', 'francos suíços'] },
};

const UNITS = `
  km | quilômetro
  m | metro
  cm | centímetro
  mm | milímetro
  nm | nanômetro
  μm | micrômetro
  m² ; m2 | metro quadrado | metros quadrados
  km² ; km2 | quilômetro quadrado | quilômetros quadrados
  cm² | centímetro quadrado | centímetros quadrados
  m³ ; m3 | metro cúbico | metros cúbicos
  km/h | quilômetro por hora | quilômetros por hora
  m/s | metro por segundo | metros por segundo
  l ; L | litro
  dl | decilitro
  cl | centilitro
  ml ; mL | mililitro
  kg | quilograma
  g | grama
  mg | miligrama
  µg ; μg | micrograma
  t | tonelada | toneladas | f
  ha | hectare
  h | hora | horas | f
  min | minuto
  s ; seg | segundo
  ms | milissegundo
  KB ; kB | kilobyte
  MB | megabyte
  GB | gigabyte
  TB | terabyte
  Mbps | megabit por segundo | megabits por segundo
  Hz | hertz | hertz
  kHz | quilohertz | quilohertz
  MHz | megahertz | megahertz
  GHz | gigahertz | gigahertz
  W | watt
  μs | microssegundo
  μL ; μl | microlitro
  Ω | ohm
  kΩ | quilo-ohm
  MΩ | mega-ohm
  kW | quilowatt
  MW | megawatt
  GW | gigawatt
  kWh | quilowatt-hora | quilowatts-hora
  V | volt
  kcal | quilocaloria | quilocalorias | f
  dB | decibel | decibéis
  °C ; ° C | grau Celsius | graus Celsius
  °F ; ° F | grau Fahrenheit | graus Fahrenheit
  ° | grau
  x | vez | vezes | f
  % | por cento | por cento
  ‰ | por mil | por mil
`;

/** Units in the spelling of the region: "quilômetro" or "quilómetro". */
export function portugueseUnits(isBrazilian: boolean): Readonly<Record<string, Noun>> {
  return nouns(isBrazilian ? UNITS : UNITS.replaceAll('ômetro', 'ómetro'));
}

export const PORTUGUESE_ABBREVIATIONS = withCapitals({
  'Sr.': 'senhor',
  'Srs.': 'senhores',
  'Sra.': 'senhora',
  'Srta.': 'senhorita',
  'Dr.': 'doutor',
  'Dra.': 'doutora',
  'D.': 'Dom',
  'Prof.': 'professor',
  'Profa.': 'professora',
  'p. ex.': 'por exemplo',
  'p.ex.': 'por exemplo',
  'etc.': 'etcétera.',
  'aprox.': 'aproximadamente',
  'Av.': 'Avenida',
  'núm.': 'número',
  'pág.': 'página',
  'págs.': 'páginas',
  'cap.': 'capítulo',
  'caps.': 'capítulos',
  'séc.': 'século',
  'art.': 'artigo',
  'arts.': 'artigos',
  'a.a.': 'ao ano.',
  'a. a.': 'ao ano.',
  'a. C.': 'antes de Cristo.',
  'a.C.': 'antes de Cristo.',
  'd. C.': 'depois de Cristo.',
  'd.C.': 'depois de Cristo.',
  'tel.': 'telefone',
  'máx.': 'máximo',
  'mín.': 'mínimo',
  'vs.': 'versus',
});

export const PORTUGUESE_SHORT_WORDS: Readonly<Record<string, string>> = { EUA: 'Estados Unidos', vs: 'versus' };

export const PORTUGUESE_SPELLED: ReadonlySet<string> = new Set(
  'UE USA IA ADN URL USB UV ISBN PIB FMI UTI SUV'.split(' '),
);
