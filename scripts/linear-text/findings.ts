import type { Verdict } from './check-pattern.ts';
import type { Literal, Use } from './collect.ts';
import type { Exception } from './exceptions.ts';

/** The lists of `exceptions.ts`. */
export interface Exceptions {
  readonly unknownPatterns: readonly Exception[];
  readonly builtPatterns: readonly Exception[];
  readonly normalizations: readonly Exception[];
}

/** The one file that may call `normalize`: it first splits the runs of combining marks that make it slow. */
export const NORMALIZER = 'src/unicode.ts';

/** A sentence for each broken rule, and for each unused exception. */
export async function findings(
  literals: readonly Literal[],
  uses: readonly Use[],
  exceptions: Exceptions,
  checkPattern: (pattern: string, flags: string) => Promise<Verdict>,
): Promise<string[]> {
  const needed = new Set<Exception>();
  const isListed = (list: readonly Exception[], file: string, text: string): boolean => {
    const found = list.find((exception) => exception.file === file && exception.text === text);
    if (found) needed.add(found);
    return found !== undefined;
  };
  const patterns: string[] = [];
  for (const literal of literals) {
    const verdict = await checkPattern(literal.pattern, literal.flags);
    const text = `/${literal.pattern}/${literal.flags}`;
    if (verdict.status === 'safe') continue;
    if (verdict.status === 'unknown' && isListed(exceptions.unknownPatterns, literal.file, text)) continue;
    patterns.push(patternFinding(literal, text, verdict));
  }
  const others = uses.flatMap((use) => {
    const list = use.kind === 'Unicode normalization' ? exceptions.normalizations : exceptions.builtPatterns;
    if (use.kind === 'Unicode normalization' && use.file === NORMALIZER) return [];
    return isListed(list, use.file, use.text) ? [] : [useFinding(use)];
  });
  const stale = Object.values(exceptions)
    .flat()
    .filter((exception: Exception) => !needed.has(exception))
    .map(({ file, text }: Exception) => `The exception for ${text} in ${file} is not needed: remove it.`);
  return [...patterns, ...others, ...stale];
}

function patternFinding({ file, line }: Literal, text: string, verdict: Exclude<Verdict, { status: 'safe' }>): string {
  return verdict.status === 'vulnerable'
    ? `${file}:${line} ${text} is not linear (${verdict.reason}). Anchor it, bound it, or scan the text without a pattern.`
    : `${file}:${line} ${text} cannot be decided (${verdict.reason}). Simplify it, or list it with a reason.`;
}

function useFinding({ file, line, kind, text }: Use): string {
  return kind === 'Unicode normalization'
    ? `${file}:${line} ${text} calls normalize, which is quadratic in combining marks. Use ${NORMALIZER}, or list it with a reason.`
    : `${file}:${line} ${text} is a pattern built at run time. Write a literal, or list it with a reason.`;
}
