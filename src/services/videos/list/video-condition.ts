/** One condition on `videos as v`, and the values that stand for its parameters. */
export interface Condition {
  /** The same for the same SQL. */
  readonly tag: string;
  readonly values: readonly unknown[];
  /** Given the parameters, e.g. `$2`, one for each value. */
  sql(first: string, second: string): string;
  /** The same, asked of rows one by one, where that is another way than by an index. */
  ofRow?(first: string, second: string): string;
}
