export type QuotaStatus = 'HEALTHY' | 'WARNING' | 'CRITICAL' | 'EXCEEDED';

/** The used share of a limit, 0 to 100. A limit of 0 is used up. */
export function usedPercentage(used: number, limit: number): number {
  return limit <= 0 ? 100 : Math.min(100, (100 * used) / limit);
}

/** Of a used share in percent. */
export function quotaStatus(percentage: number): QuotaStatus {
  if (percentage >= 100) return 'EXCEEDED';
  if (percentage >= 90) return 'CRITICAL';
  return percentage >= 80 ? 'WARNING' : 'HEALTHY';
}
