import { Field, ObjectType } from 'type-graphql';
import { Plan, SubscriptionStatus } from '../../entities/enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('PlanSubscription', { description: 'The plan a user is on.', simpleResolvers: true })
export class PlanSubscriptionType {
  @Field(() => Plan, { description: 'Which plan.' })
  declare readonly plan: Plan;

  @Field(() => SubscriptionStatus, { description: 'Whether it is in force.' })
  declare readonly status: SubscriptionStatus;

  @Field(() => DateTime, { description: 'Its first moment.' })
  declare readonly startedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'Its end; null while none is set.' })
  declare readonly endsAt: Date | null;

  @Field(() => Boolean, { description: 'Goes on by itself when it ends.' })
  declare readonly autoRenew: boolean;
}
