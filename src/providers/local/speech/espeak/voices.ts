import { AppError } from '../../../../errors.ts';
import type { Voice } from '../../../ports.ts';

/** A voice and its parameters for espeak-ng. */
export interface EspeakVoice extends Voice {
  /** The language whose rules clean and time the text: the first subtag of all its `languages`. */
  readonly primary: string;
  /** espeak-ng's name: file and, after "+", variant. espeak-ng does not reject an unknown name but is silent. */
  readonly espeak: string;
  readonly pitch: number;
  readonly range: number;
  /** Words a minute at speed 1. */
  readonly rate: number;
  /**
   * The duration of its sounds is not exactly inverse to the rate: the rate is multiplied by speed to this power.
   * Measured: duration × speed stays within 7 % from 0.5 to 2; but Russian and Ukrainian cannot be slower than about
   * 0.6.
   */
  readonly rateExponent: number;
}

type Row = readonly [id: string, name: string, languages: readonly string[], espeak: string, rateExponent?: number];

/** In order of preference within a language. Those with `both` also have a higher, female variant. */
const both: readonly Row[] = [
  ['en-us', 'English (United States)', ['en', 'en-US'], 'gmw/en-US', 1.02],
  ['en-gb', 'English (United Kingdom)', ['en-GB', 'en-AU', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA'], 'gmw/en-GB-x-rp', 1.02],
  ['cmn', 'Mandarin Chinese', ['zh', 'zh-TW', 'zh-CN'], 'sit/cmn', 0.96],
  ['de', 'German', ['de'], 'gmw/de', 1.04],
  ['fr', 'French', ['fr'], 'roa/fr', 1.03],
  ['es', 'Spanish (Spain)', ['es', 'es-ES'], 'roa/es', 1.03],
  [
    'es-419',
    'Spanish (Latin America)',
    ['es-419', 'es-AR', 'es-CL', 'es-CO', 'es-MX', 'es-PE', 'es-US', 'es-VE'],
    'roa/es-419',
    0.99,
  ],
  ['pt-br', 'Portuguese (Brazil)', ['pt', 'pt-BR'], 'roa/pt-BR', 0.98],
  ['pt-pt', 'Portuguese (Portugal)', ['pt-PT'], 'roa/pt', 0.96],
  ['it', 'Italian', ['it'], 'roa/it', 1.06],
];

const single: readonly Row[] = [
  ['nl', 'Dutch', ['nl'], 'gmw/nl'],
  ['sv', 'Swedish', ['sv'], 'gmq/sv'],
  ['da', 'Danish', ['da'], 'gmq/da'],
  ['nb', 'Norwegian Bokmål', ['nb', 'no'], 'gmq/nb'],
  ['fi', 'Finnish', ['fi'], 'urj/fi'],
  ['pl', 'Polish', ['pl'], 'zlw/pl'],
  ['cs', 'Czech', ['cs'], 'zlw/cs'],
  ['hu', 'Hungarian', ['hu'], 'urj/hu'],
  ['ro', 'Romanian', ['ro'], 'roa/ro'],
  ['tr', 'Turkish', ['tr'], 'trk/tr', 0.97],
  ['id', 'Indonesian', ['id'], 'poz/id'],
  ['ca', 'Catalan', ['ca'], 'roa/ca'],
  ['ru', 'Russian', ['ru'], 'zle/ru', 1.2],
  ['uk', 'Ukrainian', ['uk'], 'zle/uk'],
  ['el', 'Greek', ['el'], 'grk/el', 1.08],
];

/** Every voice of the local speech provider, in order of preference. */
export const espeakVoices: readonly EspeakVoice[] = [
  ...both.flatMap((row) => [voiceOf(row), femaleOf(voiceOf(row))]),
  ...single.map(voiceOf),
];

function voiceOf([id, name, languages, espeak, rateExponent = 1]: Row): EspeakVoice {
  return {
    id,
    name,
    languages,
    espeak,
    rateExponent,
    primary: primaryOf(languages[0] ?? id),
    pitch: 45,
    range: 55,
    rate: 162,
  };
}

function femaleOf(voice: EspeakVoice): EspeakVoice {
  return { ...voice, id: `${voice.id}-female`, name: `${voice.name}, female`, espeak: `${voice.espeak}+f2`, pitch: 50 };
}

/** Voices for a BCP 47 tag: those of that very region first, then the others of the language. */
export function voicesFor(language: string): readonly EspeakVoice[] {
  const wanted = language.toLowerCase();
  const primary = primaryOf(wanted);
  const spoken = espeakVoices.filter((voice) => voice.primary === primary);
  const exact = spoken.filter((voice) => voice.languages.some((tag) => tag.toLowerCase() === wanted));
  return [...exact, ...spoken.filter((voice) => !exact.includes(voice))];
}

/** Selects the voice. Throws UNSUPPORTED_LANGUAGE or UNKNOWN_VOICE. */
export function chooseVoice(language: string, voiceId: string | undefined): EspeakVoice {
  const candidates = voicesFor(language);
  const first = candidates[0];
  if (first === undefined) throw unsupported(language);
  if (voiceId === undefined) return first;
  const chosen = candidates.find((voice) => voice.id === voiceId);
  if (chosen === undefined) throw unknownVoice(language, voiceId, candidates);
  return chosen;
}

function unsupported(language: string): AppError {
  const known = [...new Set(espeakVoices.map((voice) => voice.primary))].join(', ');
  return new AppError(
    'UNSUPPORTED_LANGUAGE',
    `The built-in voice cannot read "${language}" aloud. It reads ${known}. Choose one of these, or set up another speech provider.`,
  );
}

function unknownVoice(language: string, voiceId: string, candidates: readonly Voice[]): AppError {
  const ids = candidates.map((voice) => voice.id).join(', ');
  return new AppError(
    'UNKNOWN_VOICE',
    `There is no voice "${voiceId}" for "${language}". Its voices are ${ids}; the query voices(language: "${language}") lists them.`,
  );
}

/** "zh-TW" → "zh". */
function primaryOf(tag: string): string {
  const primary = tag.split('-')[0]?.toLowerCase() ?? '';
  return primary === 'no' ? 'nb' : primary === 'cmn' ? 'zh' : primary;
}

/** espeak-ng's words a minute for a speed of 0.5 to 2, within its limits of 80 to 450. */
export function rateFor(voice: EspeakVoice, speed: number): number {
  return Math.min(450, Math.max(80, Math.round(voice.rate * speed ** voice.rateExponent)));
}
