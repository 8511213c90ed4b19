/** A rule that is not kept at one place, and why that does no harm. */
export interface Exception {
  readonly file: string;
  /** The pattern or the expression as the source writes it. */
  readonly text: string;
  readonly reason: string;
}

/** Patterns of which the checker cannot say whether they are linear. */
export const UNKNOWN_PATTERNS: readonly Exception[] = [];

/** Patterns that are built at run time. */
export const BUILT_PATTERNS: readonly Exception[] = [];

/** Calls of `normalize` outside src/unicode.ts, which first splits the runs of combining marks that make it slow. */
export const NORMALIZATIONS: readonly Exception[] = [];
