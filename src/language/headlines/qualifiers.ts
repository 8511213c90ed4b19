import type { Language } from '../language.ts';
import { chineseQualifiers, qualifierKindOf } from './qualifier-words.ts';

/** A word or phrase that must be shown with the words around it; offsets are UTF-16 units of the text. */
export interface Qualifier {
  readonly start: number;
  readonly end: number;
  /** True if the words after it are not claimed to be so: "not", "if", "may". False for "than", "but", "except". */
  readonly denies: boolean;
}

interface Token {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** A segmenter takes longer to create than a sentence to read: callers with many sentences pass one. */
export function wordSegmenter(language: Language): Intl.Segmenter {
  return new Intl.Segmenter(language.tag, { granularity: 'word' });
}

/** The qualifiers of a text in order; none for a language whose qualifier words are not known. */
export function qualifiersIn(text: string, language: Language, segmenter = wordSegmenter(language)): Qualifier[] {
  if (language.base === 'zh') return [...chineseQualifiers(text)];
  const tokens = tokensOf(text, language, segmenter);
  return tokens.flatMap((token, at): Qualifier[] => {
    const kind = kindAt(tokens, at, text, language.base);
    return kind === undefined ? [] : [{ start: token.start, end: token.end, denies: kind === 'denial' }];
  });
}

function kindAt(tokens: readonly Token[], at: number, text: string, base: string): 'denial' | 'limit' | undefined {
  const { folded = '', start = 0, end = 0 } = tokens[at] ?? {};
  const next = tokens[at + 1]?.folded ?? '';
  // The month; a sentence seldom begins with the verb.
  if (base === 'en' && text.slice(start, end) === 'May') return undefined;
  // Portuguese "se" is "if" at the beginning of a clause, else "himself".
  if (base === 'pt' && folded === 'se') return opensClause(text, start) ? 'denial' : undefined;
  // German "als" is "than" after a comparative, else "as" or "when".
  if (base === 'de' && folded === 'als')
    return /(?:er|mehr|anders)$/u.test(tokens[at - 1]?.folded ?? '') ? 'limit' : undefined;
  return qualifierKindOf(`${folded}_${next}`, base) ?? qualifierKindOf(folded, base);
}

function opensClause(text: string, start: number): boolean {
  return /(?:^|[,;:.(—–])\s*$/u.test(text.slice(Math.max(0, start - 3), start));
}

function tokensOf(text: string, language: Language, segmenter: Intl.Segmenter): Token[] {
  const tokens: Token[] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const folded = segment.toLocaleLowerCase(language.tag).replaceAll('’', "'");
    tokens.push({ folded, start: index, end: index + segment.length });
  }
  return tokens;
}
