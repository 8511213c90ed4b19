import type { Language } from '../language.ts';
import { trimEnd } from '../trim.ts';
import { documentFrequency } from './vectors.ts';
import { contentKeys, type Word, wordsOf } from './words.ts';

/** Significance of each word (by key) for one part of a text: frequent in it, rare elsewhere, or a name. */
export type WordWeights = ReadonlyMap<string, number>;

/** Weighs the words of one part against all `parts` of the same text, which are read once. */
export function weigher(parts: readonly string[], language: Language): (part: string) => WordWeights {
  const frequency = documentFrequency(parts.map((text) => contentKeys(text, language)));
  return (part) => {
    const weights = new Map<string, number>();
    for (const word of wordsOf(part, language)) {
      if (!word.content) continue;
      const rarity = Math.log(1 + (parts.length + 1) / (frequency.get(word.key) ?? 1));
      weights.set(word.key, (weights.get(word.key) ?? 0) + rarity * prominence(word, part, language));
    }
    // The root prevents a word that occurs ten times from dominating all others.
    for (const [key, weight] of weights) weights.set(key, Math.sqrt(weight));
    return weights;
  };
}

/** The words of a text with the highest weights, as written in it, highest first, without duplicates. */
export function keyWords(text: string, weights: WordWeights, limit: number, language: Language): string[] {
  const forms = new Map<string, string>();
  for (const word of wordsOf(text, language)) {
    if (word.content && !forms.has(word.key))
      forms.set(word.key, nameAt(word, text) ?? shownForm(word, text, language));
  }
  dropPartsOfNames(forms);
  return [...forms]
    .toSorted(([a], [b]) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
    .slice(0, limit)
    .map(([, form]) => form);
}

/** "Auto Video" or "Bay of Fundy" from its first word on: consecutive capitals inside a sentence are one name. */
function nameAt(word: Word, text: string): string | undefined {
  if (opensSentence(word, text)) return undefined;
  return /^\p{Lu}[\p{L}\p{N}]*(?: (?:of |the )*\p{Lu}[\p{L}\p{N}]*){1,2}/u.exec(
    text.slice(word.start, word.start + 60),
  )?.[0];
}

/** Removes "Video" if "Auto Video" is a key word. */
function dropPartsOfNames(forms: Map<string, string>): void {
  const keys = new Map<string, string[]>();
  for (const [key, form] of forms) {
    const lower = form.toLowerCase();
    const known = keys.get(lower);
    if (known) known.push(key);
    else keys.set(lower, [key]);
  }
  for (const [owner, form] of forms) {
    for (const part of form.toLowerCase().split(' ').slice(1)) {
      for (const key of keys.get(part) ?? []) if (key !== owner) forms.delete(key);
      keys.delete(part);
    }
  }
}

/** Names weigh more. Short words weigh less: most are common verbs that no list of stop words covers completely. */
function prominence(word: Word, text: string, language: Language): number {
  const named = /^\p{Lu}/u.test(word.text) && !opensSentence(word, text);
  const length = [...word.text].length;
  const long = language.spaced ? Math.min(1.2, 0.4 + length / 10) : Math.min(1.3, 0.5 + length / 5);
  const adverb = language.base === 'en' && word.text.length > 5 && word.text.endsWith('ly');
  return (named ? 1.4 : adverb ? 0.4 : 1) * long;
}

/** Lower case at the beginning of a sentence, where a capital has no meaning; German nouns keep theirs. */
function shownForm(word: Word, text: string, language: Language): string {
  const plain = word.text.replace(/^(?:l|d|j|n|s|c|m|t|qu|un|dell|all|nell|sull|dall)['’](?=\p{L}{2})/iu, '');
  const capital = /^\p{Lu}\p{Ll}+$/u.test(plain);
  if (!capital || language.base === 'de' || !opensSentence(word, text)) return plain;
  return plain.toLocaleLowerCase(language.tag);
}

function opensSentence(word: Word, text: string): boolean {
  const before = text.slice(Math.max(0, word.start - 8), word.start);
  const outside = trimEnd(before, /[^\S\n]|["'“‘«„¿¡(]/u);
  return outside === '' || /[.!?:…。！？\n]/u.test(trimEnd(outside, /["'”’»)]/u).slice(-1));
}
