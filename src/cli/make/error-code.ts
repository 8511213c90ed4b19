/** Whether an error of the system has this code, e.g. ENOENT. */
export function isErrorCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.some((code) => thrown.code === code);
}
