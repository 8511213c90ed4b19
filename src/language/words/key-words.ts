import type { Language } from '../language.ts';
import { opensSentence, type Term, termsOf } from './terms.ts';
import { documentFrequency } from './vectors.ts';

/** Significance of each word (by key) for one part of a text: frequent in it, rare elsewhere, or a name. */
export type WordWeights = ReadonlyMap<string, number>;

/** Weighs the words of one part against all `parts` of the same text, which are read once. */
export function weigher(parts: readonly string[], language: Language): (part: string) => WordWeights {
  const frequency = documentFrequency(parts.map((text) => keysOf(text, language)));
  return (part) => {
    const weights = new Map<string, number>();
    for (const term of termsOf(part, language)) {
      if (!term.content) continue;
      const rarity = Math.log(1 + (parts.length + 1) / (frequency.get(term.key) ?? 1));
      weights.set(term.key, (weights.get(term.key) ?? 0) + rarity * prominence(term, part, language));
    }
    // The root prevents a word that occurs ten times from dominating all others.
    for (const [key, weight] of weights) weights.set(key, Math.sqrt(weight));
    return weights;
  };
}

function keysOf(text: string, language: Language): string[] {
  return termsOf(text, language)
    .filter((term) => term.content)
    .map((term) => term.key);
}

/** Those terms of a text that have the highest weights, as written in it, highest first, without duplicates. */
export function keyWords(
  terms: readonly Term[],
  text: string,
  weights: WordWeights,
  limit: number,
  language: Language,
): string[] {
  const forms = new Map<string, string>();
  for (const term of terms) {
    if (term.content && !forms.has(term.key)) forms.set(term.key, shownForm(term, text, language));
  }
  dropPartsOfNames(forms);
  return [...forms]
    .toSorted(([a], [b]) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))
    .slice(0, limit)
    .map(([, form]) => form);
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
function prominence(term: Term, text: string, language: Language): number {
  const named = /^\p{Lu}/u.test(term.text) && !opensSentence(term, text);
  const length = [...term.text].length;
  const long = language.spaced ? Math.min(1.2, 0.4 + length / 10) : Math.min(1.3, 0.5 + length / 5);
  const adverb = language.base === 'en' && term.text.length > 5 && term.text.endsWith('ly');
  return (named ? 1.4 : adverb ? 0.4 : 1) * long;
}

/** Lower case at the beginning of a sentence, where a capital has no meaning; German nouns keep theirs. */
function shownForm(term: Term, text: string, language: Language): string {
  const plain = term.text.replace(/^(?:l|d|j|n|s|c|m|t|qu|un|dell|all|nell|sull|dall)['’](?=\p{L}{2})/iu, '');
  const capital = /^\p{Lu}\p{Ll}+$/u.test(plain);
  if (!capital || language.base === 'de' || !opensSentence(term, text)) return plain;
  return plain.toLocaleLowerCase(language.tag);
}
