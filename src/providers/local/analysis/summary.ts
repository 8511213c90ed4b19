import { hasContent } from '../../../language/clean.ts';
import { shorten } from '../../../language/headlines/shorten.ts';
import { type Statement, statementsOf } from '../../../language/headlines/statements.ts';
import type { Language } from '../../../language/language.ts';
import { joinSentences } from '../../../language/sentences/join-sentences.ts';
import { centrality } from '../../../language/words/centrality.ts';
import { similarity, vectorsOf } from '../../../language/words/vectors.ts';
import { contentKeys } from '../../../language/words/words.ts';

/** In UTF-16 units. */
const LIMIT = 400;
const SENTENCES = 3;
/** Two sentences with a higher similarity count as repetitions. */
const ALIKE = 0.6;

/**
 * The two or three most representative sentences of the narration, in their order; at most 400 characters. A sentence
 * that the next one takes back stays with it. A line without an end, such as that of a poem, ends with a line feed.
 */
export function summaryOf(narrations: readonly string[], language: Language): string {
  const sentences = narrations.flatMap((narration) =>
    statementsOf(narration, language).filter(({ text }) => hasContent(text)),
  );
  const vectors = vectorsOf(sentences.map(({ text }) => contentKeys(text, language)));
  const ranks = centrality(
    vectors,
    sentences.map((_, i) => (i === 0 ? 3 : 1)),
  );
  const worth = sentences.map(({ text, isDependent }, i) => {
    return (ranks[i] ?? 0) * (i > 0 && isDependent ? 0.2 : 1) * (/[?？]$/u.test(text) ? 0.5 : 1);
  });
  const order = sentences.map((_, i) => i).toSorted((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0));
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length === SENTENCES) break;
    const vector = vectors[i];
    const repeats = chosen.some((j) => vector !== undefined && similarity(vector, vectors[j] ?? new Map()) > ALIKE);
    if (!repeats && textOf(sentences, [...chosen, i]).length <= LIMIT) chosen.push(i);
  }
  if (chosen.length === 0) return shorten(sentences[order[0] ?? 0]?.text ?? '', LIMIT, language);
  return textOf(sentences, chosen);
}

function textOf(sentences: readonly Statement[], chosen: readonly number[]): string {
  return joinSentences(chosen.toSorted((a, b) => a - b).map((i) => sentences[i]?.text ?? ''));
}
