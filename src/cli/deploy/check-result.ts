/** WARNING: a person should look at it first; FAILED: the update or the new version does not work. */
export interface CheckResult {
  readonly check: string;
  readonly result: 'OK' | 'WARNING' | 'FAILED';
  /** One sentence. */
  readonly detail: string;
}

export const ok = (check: string, detail: string): CheckResult => ({ check, result: 'OK', detail });
export const warning = (check: string, detail: string): CheckResult => ({ check, result: 'WARNING', detail });
export const failed = (check: string, detail: string): CheckResult => ({ check, result: 'FAILED', detail });

/** A check that cannot be made has failed, with the reason; the others are made all the same. */
export async function checked(
  check: string,
  run: () => Promise<CheckResult | readonly CheckResult[]>,
): Promise<readonly CheckResult[]> {
  try {
    return [await run()].flat();
  } catch (thrown) {
    return [failed(check, thrown instanceof Error ? thrown.message : String(thrown))];
  }
}
