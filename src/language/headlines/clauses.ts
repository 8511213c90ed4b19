import { stopWordsOf } from './card-stop-words.ts';

/** A word; offsets are UTF-16 units of its clause. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isContent: boolean;
}

/** Text between two punctuation marks. */
export interface Clause {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Content words without other words between them. */
  readonly runs: readonly (readonly Token[])[];
  /** Increases from clause to clause; a token's start is added to it. */
  readonly position: number;
}

/** Commas and full stops count only before a space, so that "4,000" and "3.5" are not split. */
const CLAUSE_END = /[!?;:()[\]{}"“”«»…—–\n。，、！？；：（）「」『』《》]|[.,](?=\s|$)/u;

export function clausesOf(text: string, language: string): Clause[] {
  const stops = stopWordsOf(language);
  return text
    .split(CLAUSE_END)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .map((clause, index): Clause => {
      const tokens = tokensOf(clause, stops, language);
      return { text: clause, tokens, runs: runsOf(tokens), position: index * 10_000 };
    });
}

function tokensOf(clause: string, stops: ReadonlySet<string>, language: string): Token[] {
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(clause);
  return Array.from(segments)
    .filter((part) => part.isWordLike)
    .map((part) => ({
      text: part.segment,
      start: part.index,
      end: part.index + part.segment.length,
      isContent: !stops.has(part.segment.toLocaleLowerCase(language).replace(/’/gu, "'")),
    }));
}

/** Longest runs of content words separated only by a space or a hyphen. */
function runsOf(tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  for (const [index, token] of tokens.entries()) {
    if (!token.isContent) continue;
    const before = tokens[index - 1];
    const last = runs.at(-1);
    if (last && before?.isContent && token.start - before.end <= 1) last.push(token);
    else runs.push([token]);
  }
  return runs;
}

/** The text from the first to the last of the given tokens. */
export function spanOf(clause: string, tokens: readonly Token[]): string {
  return clause.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}
