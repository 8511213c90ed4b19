import type { Language } from '../language.ts';
import type { WordWeights } from './key-words.ts';
import { type Word, wordsOf } from './words.ts';

/** A part of the text that begins and ends with a significant word. */
export interface KeyPhrase {
  readonly text: string;
  readonly score: number;
}

/** Phrases of at most `longest` words inside one clause, best first. */
export function keyPhrases(text: string, weights: WordWeights, longest: number, language: Language): KeyPhrase[] {
  const words = wordsOf(text, language);
  const best = new Map<string, KeyPhrase>();
  words.forEach((first, from) => {
    if (!first.content) return;
    for (const phrase of phrasesFrom(words.slice(from, from + longest), text, weights)) {
      const key = phrase.text.toLowerCase();
      if (phrase.score > (best.get(key)?.score ?? 0)) best.set(key, phrase);
    }
  });
  return [...best.values()].toSorted((a, b) => b.score - a.score);
}

function* phrasesFrom(words: readonly Word[], text: string, weights: WordWeights): Generator<KeyPhrase> {
  const start = words[0]?.start ?? 0;
  let sum = 0;
  let empty = 0;
  for (const [i, word] of words.entries()) {
    const end = word.start + word.text.length;
    if (/[^\p{L}\p{M}\p{N}\s'’%-]/u.test(text.slice(start, end))) return;
    if (word.content) sum += weights.get(word.key) ?? 0;
    else empty += 1;
    // Two consecutive grammar words ("tides come in and out of the") make a broken sentence, not a heading.
    if (empty > 2) return;
    if (word.content) yield { text: text.slice(start, end), score: sum / Math.sqrt(i + 1.2 + empty) };
  }
}
