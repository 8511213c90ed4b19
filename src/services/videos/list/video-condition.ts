/** One condition on `videos as v`, and the values of its parameters. */
export interface Condition {
  /** Equal for equal SQL. */
  readonly tag: string;
  readonly values: readonly unknown[];
  /** Called with the parameters, e.g. `$2`, one for each value. */
  sql(first: string, second: string): string;
  /** The same condition for single rows, where it differs from that for an index. */
  ofRow?(first: string, second: string): string;
}
