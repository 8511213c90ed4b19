/** True if it is a system error with one of these codes, e.g. ENOENT. */
export function isErrorCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.some((code) => thrown.code === code);
}
