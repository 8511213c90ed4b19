import { withCapitals } from './capitalized.ts';
import { nouns } from './nouns.ts';
import type { Noun, SpokenLanguage } from './spoken-language.ts';

const centavo: Noun = ['centavo', 'centavos'];
const dollar = (of: string) => ({ unit: [`dólar${of}`, `dólares${of}`] as const, hundredth: centavo });
const euro = { unit: ['euro', 'euros'] as const, hundredth: ['céntimo', 'céntimos'] as const };
const libra = { unit: ['libra', 'libras', 'feminine'] as const, hundredth: ['penique', 'peniques'] as const };

/** `isAmerican`: "$" alone are pesos. */
export function spanishCurrencies(isAmerican: boolean): SpokenLanguage['currencies'] {
  return {
    $: isAmerican ? { unit: ['peso', 'pesos'], hundredth: centavo } : dollar(''),
    US$: dollar(''),
    USD: dollar(''),
    MX$: { unit: ['peso mexicano', 'pesos mexicanos'], hundredth: centavo },
    MXN: { unit: ['peso mexicano', 'pesos mexicanos'], hundredth: centavo },
    HK$: dollar(' de Hong Kong'),
    A$: dollar(' australianos'),
    C$: dollar(' canadienses'),
    CA$: dollar(' canadienses'),
    NT$: dollar(' taiwaneses'),
    R$: { unit: ['real', 'reales'], hundredth: centavo },
    '€': euro,
    EUR: euro,
    '£': libra,
    GBP: libra,
    '¥': { unit: ['yen', 'yenes'] },
    '₹': { unit: ['rupia', 'rupias', 'feminine'] },
    '₩': { unit: ['won', 'wones'] },
    CHF: { unit: ['franco suizo', 'francos suizos'] },
  };
}

export const SPANISH_UNITS = nouns(`
  km | kilómetro
  m | metro
  cm | centímetro
  mm | milímetro
  nm | nanómetro
  μm | micrómetro
  m² ; m2 | metro cuadrado | metros cuadrados
  km² ; km2 | kilómetro cuadrado | kilómetros cuadrados
  cm² | centímetro cuadrado | centímetros cuadrados
  m³ ; m3 | metro cúbico | metros cúbicos
  km/h | kilómetro por hora | kilómetros por hora
  m/s | metro por segundo | metros por segundo
  l ; L | litro
  dl | decilitro
  cl | centilitro
  ml ; mL | mililitro
  kg | kilogramo
  g ; gr | gramo
  mg | miligramo
  µg ; μg | microgramo
  t | tonelada | toneladas | f
  ha | hectárea | hectáreas | f
  h ; hs | hora | horas | f
  min | minuto
  s ; seg | segundo
  ms | milisegundo
  cdta. ; cdta ; cdita. ; cdtas. | cucharadita | cucharaditas | f
  cda. ; cda ; cdas. | cucharada | cucharadas | f
  KB ; kB | kilobyte
  MB | megabyte
  GB | gigabyte
  TB | terabyte
  Mbps | megabit por segundo | megabits por segundo
  Hz | hercio
  kHz | kilohercio
  MHz | megahercio
  GHz | gigahercio
  W | vatio
  μs | microsegundo
  μL ; μl | microlitro
  Ω | ohmio
  kΩ | kiloohmio
  MΩ | megaohmio
  kW | kilovatio
  MW | megavatio
  GW | gigavatio
  kWh | kilovatio hora | kilovatios hora
  V | voltio
  kcal | kilocaloría | kilocalorías | f
  dB | decibelio
  °C ; ° C | grado Celsius | grados Celsius
  °F ; ° F | grado Fahrenheit | grados Fahrenheit
  ° | grado
  x | vez | veces | f
  % | por ciento | por ciento
  ‰ | por mil | por mil
`);

export const SPANISH_ABBREVIATIONS = withCapitals({
  'Sr.': 'señor',
  'Sres.': 'señores',
  'Sra.': 'señora',
  'Srta.': 'señorita',
  'Dr.': 'doctor',
  'Dra.': 'doctora',
  'D.': 'don',
  'Dña.': 'doña',
  'Prof.': 'profesor',
  'Ud.': 'usted',
  'Uds.': 'ustedes',
  'EE. UU.': 'Estados Unidos.',
  'EE.UU.': 'Estados Unidos.',
  'EE.UU': 'Estados Unidos',
  'p. ej.': 'por ejemplo',
  'p.ej.': 'por ejemplo',
  'etc.': 'etcétera.',
  'aprox.': 'aproximadamente',
  'Avda.': 'avenida',
  'Av.': 'avenida',
  'núm.': 'número',
  'pág.': 'página',
  'págs.': 'páginas',
  'cap.': 'capítulo',
  'caps.': 'capítulos',
  'art.': 'artículo',
  'arts.': 'artículos',
  'a. C.': 'antes de Cristo.',
  'a.C.': 'antes de Cristo.',
  'd. C.': 'después de Cristo.',
  'd.C.': 'después de Cristo.',
  'tel.': 'teléfono',
  'máx.': 'máximo',
  'mín.': 'mínimo',
  'cf.': 'confróntese',
  'vs.': 'versus',
});

export const SPANISH_SHORT_WORDS: Readonly<Record<string, string>> = { EEUU: 'Estados Unidos', vs: 'versus' };

export const SPANISH_SPELLED: ReadonlySet<string> = new Set('UE USA IA ADN URL USB UV ISBN FMI OMC UCI'.split(' '));
