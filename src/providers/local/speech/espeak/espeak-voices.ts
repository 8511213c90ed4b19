import { type BuiltInVoice, primaryOf } from '../built-in-voice.ts';

/**
 * `espeak` is espeak-ng's name: file and, after "+", variant; espeak-ng does not reject an unknown name but is silent. `rate`
 * is what espeak-ng calls words a minute: a paragraph of the languages from German to Dutch has 150 to 160 real ones, by
 * bench/media/voices. The duration of its sounds is not exactly inverse to the rate: the rate is multiplied by speed to the
 * power of `rateExponent`. Measured: duration × speed stays within 10 % from 0.5 to 2. Since espeak-ng speaks no slower than
 * a rate of 80, its sounds are stretched below that (stretch.ts).
 */
type Row = readonly [
  id: string,
  name: string,
  languages: readonly string[],
  espeak: string,
  rate: number,
  rateExponent?: number,
  /** The rate below which the voice does not become slower. */
  slowest?: number,
];

/** The limits of espeak-ng's rate. */
const SLOWEST = 80;
const FASTEST = 450;

/** In order of preference within a language. Those with `both` also have a higher, female variant. */
const both: readonly Row[] = [
  ['en-us', 'English (United States), espeak-ng', ['en', 'en-US'], 'gmw/en-US', 145, 1.02],
  [
    'en-gb',
    'English (United Kingdom), espeak-ng',
    ['en-GB', 'en-AU', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA'],
    'gmw/en-GB-x-rp',
    145,
    1.02,
  ],
  ['cmn', 'Mandarin Chinese', ['zh', 'zh-TW', 'zh-CN'], 'sit/cmn', 162, 0.96],
  ['de', 'German', ['de'], 'gmw/de', 144, 1.04],
  ['fr', 'French', ['fr'], 'roa/fr', 111, 1.03],
  ['es', 'Spanish (Spain)', ['es', 'es-ES'], 'roa/es', 139, 1.03],
  [
    'es-419',
    'Spanish (Latin America)',
    ['es-419', 'es-AR', 'es-CL', 'es-CO', 'es-MX', 'es-PE', 'es-US', 'es-VE'],
    'roa/es-419',
    151,
    0.99,
  ],
  ['pt-br', 'Portuguese (Brazil)', ['pt', 'pt-BR'], 'roa/pt-BR', 157, 0.98],
  ['pt-pt', 'Portuguese (Portugal)', ['pt-PT'], 'roa/pt', 153, 0.96],
  ['it', 'Italian', ['it'], 'roa/it', 144, 1.06],
];

const single: readonly Row[] = [
  ['nl', 'Dutch', ['nl'], 'gmw/nl', 145],
  ['sv', 'Swedish', ['sv'], 'gmq/sv', 162],
  ['da', 'Danish', ['da'], 'gmq/da', 162],
  ['nb', 'Norwegian Bokmål', ['nb', 'no'], 'gmq/nb', 162],
  ['fi', 'Finnish', ['fi'], 'urj/fi', 162],
  ['pl', 'Polish', ['pl'], 'zlw/pl', 162],
  ['cs', 'Czech', ['cs'], 'zlw/cs', 162],
  ['hu', 'Hungarian', ['hu'], 'urj/hu', 162],
  ['ro', 'Romanian', ['ro'], 'roa/ro', 162],
  ['tr', 'Turkish', ['tr'], 'trk/tr', 162, 0.97],
  ['id', 'Indonesian', ['id'], 'poz/id', 162],
  ['ca', 'Catalan', ['ca'], 'roa/ca', 162],
  ['ru', 'Russian', ['ru'], 'zle/ru', 162, 1.2],
  ['uk', 'Ukrainian', ['uk'], 'zle/uk', 162, 1, 106],
  ['el', 'Greek', ['el'], 'grk/el', 162, 1.08],
];

/** In order of preference. */
export const espeakVoices: readonly BuiltInVoice[] = [
  ...both.flatMap((row) => [voiceOf(row), femaleOf(row)]),
  ...single.map((row) => voiceOf(row)),
];

function voiceOf(
  [id, name, languages, voice, rate, rateExponent = 1, slowest = SLOWEST]: Row,
  pitch = 45,
): BuiltInVoice {
  return {
    id,
    name,
    languages,
    primary: primaryOf(languages[0] ?? id),
    request: (pieces, speed) => ({
      program: 'espeak',
      voice,
      ...paceFor(rate, speed, rateExponent, slowest),
      pitch,
      range: 55,
      pieces,
    }),
  };
}

function femaleOf([id, name, languages, espeak, rate, rateExponent = 1]: Row): BuiltInVoice {
  return voiceOf([`${id}-female`, `${name}, female`, languages, `${espeak}+f2`, rate, rateExponent], 50);
}

/** espeak-ng's words a minute, and how much its sounds are stretched where it cannot speak as slowly as `speed` asks. */
function paceFor(
  usual: number,
  speed: number,
  exponent: number,
  slowest: number,
): { readonly rate: number; readonly stretch: number } {
  const wanted = usual * speed ** exponent;
  const rate = Math.round(Math.min(FASTEST, Math.max(slowest, wanted)));
  const lowestSpeed = (slowest / usual) ** (1 / exponent);
  return { rate, stretch: wanted < slowest ? Math.round((1000 * lowestSpeed) / speed) / 1000 : 1 };
}
