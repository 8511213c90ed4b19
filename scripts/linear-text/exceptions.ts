/** A rule that is broken in one place, and the reason why that is harmless. */
export interface Exception {
  readonly file: string;
  /** The pattern or the expression as in the source. */
  readonly text: string;
  readonly reason: string;
}

/** Patterns that the checker cannot decide. */
export const UNKNOWN_PATTERNS: readonly Exception[] = [];

/** Patterns that are built at run time. */
export const BUILT_PATTERNS: readonly Exception[] = [];

/** Calls of `normalize` outside src/unicode.ts, which first splits the runs of combining marks that make it slow. */
export const NORMALIZATIONS: readonly Exception[] = [];
