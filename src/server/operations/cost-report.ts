/** `extensions.cost` of an answer, in points. */
export interface Cost {
  readonly requested: number;
  /** What is left in the caller's bucket. */
  readonly remaining: number;
  /** Points a second. */
  readonly restoreRate: number;
  readonly limit: number;
}

/** Where the step leaves the cost of an operation whose client asks for it. */
export interface CostReport {
  cost?: Cost;
}

/** A report where the `extensions` of a request are those of a client that asks for the cost: `{ "cost": true }`. */
export function costReportFor(extensions: unknown): CostReport | undefined {
  const asks =
    typeof extensions === 'object' && extensions !== null && 'cost' in extensions && extensions.cost === true;
  return asks ? {} : undefined;
}
