import { sampleOf } from '../../language/detection/sample.ts';
import { unreadableScript } from '../../language/spoken/foreign-letters.ts';
import { isSpeakable } from '../../language/spoken/speakable.ts';
import { normalized } from '../../unicode.ts';
import type { UserFault } from '../user-fault.ts';

type Maybe<T> = T | null | undefined;

/** Finds the language of a text; `LanguageDetector` is one. Languages are BCP 47 tags, texts are in NFC. */
export interface LanguageFinder {
  /** The likeliest language; of a short text one that `speaks` accepts. */
  languageOf(text: string, speaks: (language: string) => boolean): string;
  /** The language of a text that is certainly in another one than the given. */
  otherThan(given: string, text: string): string | undefined;
}

/** The part of an input that has text. */
interface Texts {
  readonly topic?: Maybe<string>;
  readonly script?: Maybe<string>;
  readonly article?: Maybe<string>;
  readonly scenes?: Maybe<readonly { readonly narration: string }[]>;
  readonly language?: Maybe<string>;
}

interface Faults {
  add(code: UserFault['code'], message: string, ...path: string[]): void;
  /** The text in the form in which it is kept. */
  cleaned(text: string): string;
}

/** The given language, or the one of the text. */
export function spokenLanguage(input: Texts, finder: LanguageFinder, speaks: (language: string) => boolean): string {
  return input.language ?? finder.languageOf(sampleIn(input), speaks);
}

/**
 * What was accepted and may not be what was meant: a given language that is certainly not the text's. A topic may be in another
 * language than its video.
 */
export function languageWarnings(input: Texts, finder: LanguageFinder): UserFault[] {
  if (input.language == null || input.topic != null) return [];
  const found = finder.otherThan(input.language, sampleIn(input));
  if (found === undefined) return [];
  const [given, other] = [nameOf(input.language), nameOf(found)];
  const message = `The text seems to be in ${other}, and its language is given as ${given}, so a voice for ${given} reads it. If that is not what you want, give "${found}" or leave the language out.`;
  return [{ code: 'CONFLICT', message, field: ['input', 'language'] }];
}

/** The fault of a language without a voice. `languages`: tags of those that have one. */
export function noVoice(language: string, isGiven: boolean, languages: readonly string[]): string {
  const names = languages.map((tag) => nameOf(tag).replace(/ \([a-z]+\)$/u, '')).join(', ');
  return isGiven
    ? `No voice here can read ${nameOf(language)} aloud. There are voices for ${names}.`
    : `The text seems to be in ${nameOf(language)}, which no voice here can read aloud. There are voices for ${names}; if the text is in one of these, give its language.`;
}

/** Finds texts that no voice of the language can read, before anything is made of them. */
export function checkSpeakable(input: Texts & { readonly language: string }, faults: Faults): void {
  const { script, article, scenes, language } = input;
  const check = (text: string, ...path: string[]) => {
    const cleaned = faults.cleaned(text);
    if (cleaned === '') return;
    const unreadable = partsOf(cleaned, path).map((part) => unreadableScript(part, language));
    const found = unreadable.find((one) => one !== undefined);
    if (found !== undefined) faults.add('UNSUPPORTED', unreadableText(found, unreadable.length > 1, language), ...path);
    else if (!isSpeakable(cleaned, language)) faults.add('INVALID', nothingToSay(language), ...path);
  };
  if (script != null) check(script, 'script');
  if (article != null) check(article, 'article');
  for (const [index, { narration }] of (scenes ?? []).entries()) check(narration, 'scenes', String(index), 'narration');
}

/** Each paragraph of a script becomes a scene, whose voice refuses it alone; a heading that it cannot read is shown, not spoken. */
function partsOf(text: string, [source]: readonly string[]): string[] {
  return source === 'script' ? text.split(/\n\s*\n/).filter((part) => !part.startsWith('#')) : [text];
}

function unreadableText(script: string, isPart: boolean, language: string): string {
  const what = isPart ? 'A part of this' : 'This';
  return `${what} is mostly ${script}, which no voice for ${nameOf(language)} can read aloud: give the text's own language, or change the text.`;
}

function nothingToSay(language: string): string {
  return `There is nothing to say in this: it has no letter or digit that a voice for ${nameOf(language)} can read.`;
}

/** The message for a text whose letters are all in parts that are shown or followed, but not spoken. */
export function onlyUnspoken(): string {
  return 'There is nothing to say in this: pictures, comments, definitions, scripts and marks are not spoken.';
}

function sampleIn({ topic, script, article, scenes }: Texts): string {
  const text = script ?? article ?? topic ?? scenes?.map(({ narration }) => narration).join('\n') ?? '';
  return normalized(sampleOf(text).toWellFormed(), 'NFC');
}

/** E.g. "German (de)". */
function nameOf(tag: string): string {
  return `${new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag} (${tag})`;
}
