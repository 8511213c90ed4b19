/** Values over `over`, up to the mark where a more urgent rule begins. */
export interface Range {
  readonly over: number;
  readonly upTo?: number;
}

export function isIn(value: number, { over, upTo = Number.POSITIVE_INFINITY }: Range): boolean {
  return value > over && value <= upTo;
}

/** As people read it, with at most two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A share in percent, null where fewer were counted than say anything. */
export function shareOf(part: number, whole: number, atLeast: number): number | null {
  return whole < atLeast ? null : (100 * part) / whole;
}
