import { SIMPLIFIED_ONLY, TRADITIONAL_ONLY } from './chinese-characters.ts';
import { functionWordsIn } from './function-words.ts';
import { MODEL_LANGUAGES, NgramModel } from './ngram-model.ts';
import { sampleOf } from './sample.ts';
import { mainScript } from './scripts.ts';

/** The language where nothing decides, as in "2026" or "Hi.". */
const DEFAULT = 'en';
/** Letters below which a text without accents says too little. */
const FEWEST_LETTERS = 8;
/** Letters and different words below which nothing is certain. */
const CERTAIN_LETTERS = 30;
const CERTAIN_WORDS = 6;
/** The score that whole sentences of a language reach; names, loan words and mixed texts stay below. */
const SENTENCES = 75;
/** English is taken if nothing is certain and its score is at least this part of the highest. */
const ENGLISH_ENOUGH = 0.8;
/** The second language's part of the highest score up to which the first one is certain. */
const CLEAR = 0.85;
/** As much for a warning, where the given language is the other one. */
const CLEARLY_OTHER = 0.6;
/** A text is warned about if each of its parts is in the other language; so many parts, of so many words. */
const WARNING_PARTS = 3;
const PART_WORDS = 6;
/** A short text of only function words has so many times its score more. */
const FUNCTION_WORD_WEIGHT = 2;
/** The two Chinese scripts differ in about a third of the characters. */
const CHARACTERS_FOR_WARNING = 3;

const WORDS_OF: Readonly<Record<string, RegExp>> = {
  Latn: /\p{Script=Latin}+(?:['’]\p{Script=Latin}+)*/gu,
  Cyrl: /\p{Script=Cyrillic}+(?:['’]\p{Script=Cyrillic}+)*/gu,
};
const CYRILLIC: ReadonlySet<string> = new Set(['be', 'bg', 'ru', 'sr', 'uk']);

interface Score {
  readonly language: string;
  readonly score: number;
}

/**
 * Finds the language of a text: by its script, by characters of only one Chinese script, and by n-grams among languages of the Latin
 * and Cyrillic scripts. Texts are in NFC. Languages are BCP 47 tags: "zh-TW" and "zh-CN" for Chinese, a primary subtag for others.
 * At most 2,000 characters are examined. The model is read when the first text needs it.
 */
export class LanguageDetector {
  readonly #readModel: () => ArrayBuffer;
  #model: NgramModel | undefined;

  constructor(readModel: () => ArrayBuffer) {
    this.#readModel = readModel;
  }

  /** The likeliest language; where the text is too short to be certain, the likeliest of those that `speaks` accepts. */
  languageOf(text: string, speaks: (language: string) => boolean): string {
    const sample = sampleOf(text);
    const script = mainScript(sample);
    const words = wordsIn(sample, script);
    if (words === undefined) return languageOfScript(sample, script);
    const scores = isShort(words)
      ? withFunctionWords(this.#scoresOf(words, script), words)
      : this.#scoresOf(words, script);
    const [first, second] = scores;
    if (first === undefined || first.score === 0 || saysTooLittle(words)) return DEFAULT;
    const isClear = first.score >= SENTENCES && (second?.score ?? 0) <= CLEAR * first.score;
    if (isClear && !isShort(words)) return first.language;
    const spoken = scores.filter(({ language }) => speaks(language));
    const english = scores.find(({ language }) => language === DEFAULT)?.score ?? 0;
    const isUnclear = (spoken[1]?.score ?? 0) > CLEAR * (spoken[0]?.score ?? 0);
    return isUnclear && english >= ENGLISH_ENOUGH * first.score ? DEFAULT : (spoken[0]?.language ?? first.language);
  }

  /**
   * The language that a text is in where it is certainly another one than `given`; undefined where it is the same, or the text is too
   * short or too mixed to tell.
   */
  otherThan(given: string, text: string): string | undefined {
    const sample = sampleOf(text);
    const script = mainScript(sample);
    const words = wordsIn(sample, script, isNoName);
    if (words === undefined) return otherByScript(given, sample, script);
    if (isShort(words)) return undefined;
    const other = this.#clearlyOther(baseOf(given), words, script);
    if (other === undefined) return undefined;
    // A quotation or a list of names in one part is not enough.
    const isEverywhere = partsOf(words).every((part) => this.#clearlyOther(baseOf(given), part, script) === other);
    return isEverywhere ? other : undefined;
  }

  #clearlyOther(given: string, words: readonly string[], script: string): string | undefined {
    const scores = this.#scoresOf(words, script);
    const [first] = scores;
    const own = scores.find(({ language }) => language === given)?.score ?? 0;
    if (first === undefined || first.score < SENTENCES) return undefined;
    return own <= CLEARLY_OTHER * first.score ? first.language : undefined;
  }

  /** Highest first. */
  #scoresOf(words: readonly string[], script: string): Score[] {
    this.#model ??= new NgramModel(this.#readModel());
    return this.#model
      .scoresOf(words.join(' '))
      .map((score, index) => ({ language: MODEL_LANGUAGES[index] ?? '', score }))
      .filter(({ language }) => CYRILLIC.has(language) === (script === 'Cyrl'))
      .toSorted((a, b) => b.score - a.score);
  }
}

/** N-grams say little of a few words, of which some are names; "och" says more. */
function withFunctionWords(scores: readonly Score[], words: readonly string[]): Score[] {
  return scores
    .map(({ language, score }) => {
      const share = functionWordsIn(words, language) / words.length;
      return { language, score: score * (1 + FUNCTION_WORD_WEIGHT * share) };
    })
    .toSorted((a, b) => b.score - a.score);
}

function partsOf(words: readonly string[]): (readonly string[])[] {
  const size = Math.ceil(words.length / Math.min(WARNING_PARTS, Math.floor(words.length / PART_WORDS)));
  return words.flatMap((_, at) => (at % size === 0 ? [words.slice(at, at + size)] : []));
}

/** In lower case, without addresses, user names and what has digits; undefined for a script that decides alone. */
function wordsIn(
  sample: string,
  script: string,
  isWanted: (word: string) => boolean = () => true,
): string[] | undefined {
  const pattern = WORDS_OF[script];
  if (pattern === undefined) return undefined;
  return sample
    .split(/\s/u)
    .filter((part) => !/[\d@/_#]/u.test(part))
    .flatMap((part) => part.match(pattern) ?? [])
    .filter(isWanted)
    .map((word) => word.toLowerCase());
}

/** A name begins with a capital and goes on in lower case, in every language; a heading in capitals may be of any words. */
function isNoName(word: string): boolean {
  return !/^\p{Lu}.?\p{Ll}/u.test(word);
}

function isShort(words: readonly string[]): boolean {
  return words.join('').length < CERTAIN_LETTERS || new Set(words).size < CERTAIN_WORDS;
}

function saysTooLittle(words: readonly string[]): boolean {
  const letters = words.join('');
  return letters.length < FEWEST_LETTERS && /^[a-z]*$/u.test(letters);
}

function languageOfScript(sample: string, script: string): string {
  if (script !== 'Hani') return new Intl.Locale(`und-${script}`).maximize().language;
  const { traditional, simplified } = chineseScripts(sample);
  return simplified > traditional ? 'zh-CN' : 'zh-TW';
}

function otherByScript(given: string, sample: string, script: string): string | undefined {
  const found = languageOfScript(sample, script);
  if (baseOf(found) !== baseOf(given)) return found;
  if (script !== 'Hani') return undefined;
  const { traditional, simplified } = chineseScripts(sample);
  const isOther =
    Math.max(traditional, simplified) >= CHARACTERS_FOR_WARNING && Math.min(traditional, simplified) === 0;
  return isOther && scriptOf(found) !== scriptOf(given) ? found : undefined;
}

function chineseScripts(sample: string): { readonly traditional: number; readonly simplified: number } {
  const characters = Array.from(sample);
  return {
    traditional: characters.filter((character) => TRADITIONAL_ONLY.has(character)).length,
    simplified: characters.filter((character) => SIMPLIFIED_ONLY.has(character)).length,
  };
}

/** Norwegian Bokmål is the Norwegian of the model. */
function baseOf(tag: string): string {
  const base = new Intl.Locale(tag).language;
  return base === 'no' || base === 'nn' ? 'nb' : base;
}

function scriptOf(tag: string): string | undefined {
  return new Intl.Locale(tag).maximize().script;
}
