import { normalized } from '../../../../unicode.ts';
import type { MotifNames } from './motif-names/motif-names.ts';
import type { Motif } from './motif-signs.ts';

/** A name of a motif; the marks are those of `MotifNames`. */
export interface MotifName {
  /** Null for a phrase that names nothing to see. */
  readonly motif: Motif | null;
  /** In lower case; Chinese names have one. */
  readonly words: readonly string[];
  readonly isInflected: boolean;
  readonly countsInNames: boolean;
  /** True for a German verb, which has no capital. */
  readonly isVerb: boolean;
  /** Beginnings of words of which the text must have one, or parts of the text in Chinese. */
  readonly needs: readonly string[];
  /** Likewise, of which it must have none. */
  readonly excludedBy: readonly string[];
}

export interface MotifLexicon {
  /** By the first word, or the first character of a Chinese name; the longest names first. */
  readonly byBeginning: ReadonlyMap<string, readonly MotifName[]>;
  /** First and last parts of German compounds. */
  readonly firstParts: ReadonlyMap<string, MotifName>;
  readonly lastParts: ReadonlyMap<string, MotifName>;
}

const MARKS =
  /^(?<marks>[=^~-]{0,3})(?<name>[^(=^~-][^(]{0,60}?)(?<first>-?)(?:\(\+(?<needs>[^()]{0,300})\))?(?:\(-(?<excluded>[^()]{0,300})\))?$/u;

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** Of the names in one table or several. */
export function lexiconOf(tables: readonly MotifNames[], isSpaced: boolean): MotifLexicon {
  const byBeginning = new Map<string, MotifName[]>();
  const firstParts = new Map<string, MotifName>();
  const lastParts = new Map<string, MotifName>();
  for (const [motif, list] of tables.flatMap((names) => Object.entries(names)))
    for (const entry of entriesOf(list)) {
      const { marks = '', name = '', first = '', needs = '', excluded = '' } = MARKS.exec(entry)?.groups ?? {};
      const words = isSpaced ? (name.match(WORDS) ?? []) : [name];
      const [beginning] = isSpaced ? words : Array.from(name);
      if (beginning === undefined) continue;
      const built: MotifName = {
        motif: motif === 'none' ? null : motif,
        words,
        isInflected: !marks.includes('='),
        countsInNames: marks.includes('^'),
        isVerb: marks.includes('~'),
        needs: hintsOf(needs),
        excludedBy: hintsOf(excluded),
      };
      if (marks.includes('-')) lastParts.set(name, built);
      else if (first !== '') firstParts.set(name, built);
      else {
        const names = byBeginning.get(beginning);
        if (names === undefined) byBeginning.set(beginning, [built]);
        else names.push(built);
      }
    }
  for (const list of byBeginning.values()) list.sort((a, b) => lengthOf(b) - lengthOf(a));
  return { byBeginning, firstParts, lastParts };
}

/** "e-mail" and "d’eau" are two words each. */
export function wordsOf(text: string): string[] {
  return normalized(text, 'NFC').toLowerCase().match(WORDS) ?? [];
}

/** Normalized once, because that costs as much for a word as for a list. */
function entriesOf(list: string): string[] {
  const entries = normalized(list, 'NFC').toLowerCase().split(',');
  return entries.map((entry) => entry.trim());
}

/** The words of a list in brackets. */
export function hintsOf(list: string): string[] {
  return list.split(' ').filter((hint) => hint !== '');
}

function lengthOf({ words }: MotifName): number {
  return words.length > 1 ? words.length * 100 : (words[0]?.length ?? 0);
}
