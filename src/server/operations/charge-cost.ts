import { RateLimitedError } from '../../auth/auth-error.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { CostBuckets } from '../../auth/cost-buckets.ts';
import { CoercedVariables } from '../../execution/executor.ts';
import type { OperationCosts } from '../../schema/limits/operation-costs.ts';
import { badInput } from '../failures.ts';
import type { OperationCaller, OperationStep } from './operation-step.ts';

export interface CostLimits {
  readonly costs: Pick<OperationCosts, 'of'>;
  readonly buckets: Pick<CostBuckets, 'spend' | 'limit' | 'perSecond'>;
}

/**
 * Takes the cost of each operation from the caller's bucket: a user has one, and so has each network of guests. Throws
 * RateLimitedError where too little is left, and BAD_USER_INPUT where an operation costs more than a full bucket. A subscription
 * is charged when it is opened.
 */
export function chargeCost({ costs, buckets }: CostLimits): OperationStep {
  const { limit, perSecond } = buckets;
  return {
    name: 'charge cost',
    async begin({ executable, variables, caller, costReport }) {
      const requested = costs.of(executable, variables instanceof CoercedVariables ? variables.values : null);
      if (requested > limit) throw tooExpensive(requested, limit);
      const { isAllowed, remaining, retryAfterSeconds } = await buckets.spend(callerKey(caller), requested);
      if (!isAllowed) throw bucketEmpty({ requested, remaining, perSecond, retryAfterSeconds });
      if (costReport) costReport.cost = { requested, remaining, restoreRate: perSecond, limit };
      return undefined;
    },
  };
}

/** A user, or a network of guests. */
export function callerKey({ viewer, device }: Pick<OperationCaller, 'viewer' | 'device'>): string {
  return viewer ? `user:${viewer.userId}` : `guests:${networkOf(device.ipAddress)}`;
}

function tooExpensive(requested: number, limit: number): Error {
  return badInput(
    `This operation costs ${points(requested)}; at most ${points(limit)} are allowed. Ask for smaller pages or fewer fields.`,
  );
}

interface Shortage {
  readonly requested: number;
  readonly remaining: number;
  readonly perSecond: number;
  readonly retryAfterSeconds: number;
}

function bucketEmpty({ requested, remaining, perSecond, retryAfterSeconds }: Shortage): Error {
  return new RateLimitedError(
    retryAfterSeconds,
    `This operation costs ${points(requested)}, and you have ${points(remaining)} left; ${points(perSecond)} come back each second. Wait ${retryAfterSeconds} s and try again.`,
  );
}

function points(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'point' : 'points'}`;
}
