import type { ProviderFailure } from '../../errors.ts';
import type { FailureCount } from '../queues/queue-troubles-sql.ts';
import type { ProviderFacts } from './provider.service.ts';

const FAILURES: readonly ProviderFailure[] = [
  'INVALID_API_KEY',
  'QUOTA_EXCEEDED',
  'RATE_LIMITED',
  'TIMEOUT',
  'API_ERROR',
];

type Provider = Pick<ProviderFacts, 'name' | 'configured' | 'enabled' | 'health' | 'circuit'>;

/** Failed jobs whose provider would still fail. */
export interface BlockedFailures extends FailureCount {
  readonly provider: string;
}

/** Of these failures, those that running again would only repeat: their provider rests after failures in a row, or most calls fail. */
export function blockedFailures(
  failures: readonly FailureCount[],
  providers: readonly Provider[],
): readonly BlockedFailures[] {
  const failing = providers.filter(
    ({ configured, enabled, health, circuit }) =>
      configured && enabled && (circuit !== 'CLOSED' || health === 'UNHEALTHY'),
  );
  return failures.flatMap((failure) => {
    const found = failing.find(({ name }) => isOf(failure.errorCode, name));
    return found ? [{ ...failure, provider: found.name }] : [];
  });
}

/** A code is the name of a service and what has failed; where all have failed, any of them may be the cause. */
function isOf(code: string, provider: string): boolean {
  return code === 'ALL_PROVIDERS_FAILED' || FAILURES.some((failure) => code === `${provider.toUpperCase()}_${failure}`);
}
