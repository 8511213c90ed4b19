import { Field, Float, ObjectType } from 'type-graphql';
import { QuotaStatus } from '../enums.ts';
import { BigIntString, DateTime } from '../scalars.ts';

@ObjectType('ServiceQuota', {
  description: 'The quota of this installation at an external service.',
  simpleResolvers: true,
})
export class ServiceQuotaType {
  @Field(() => String, { description: 'Name of the service.' })
  declare readonly service: string;

  @Field(() => BigIntString, { description: 'Used in the period.' })
  declare readonly used: number;

  @Field(() => BigIntString, {
    nullable: true,
    description: 'Allowed in the period; null where the service does not say.',
  })
  declare readonly total: number | null;

  @Field(() => Float, { nullable: true, description: 'Used share, 0 to 100.' })
  declare readonly percentage: number | null;

  @Field(() => QuotaStatus, { description: 'How close use is to the limit.' })
  declare readonly status: QuotaStatus;

  @Field(() => DateTime, { nullable: true, description: 'When the next period begins.' })
  declare readonly resetAt: Date | null;

  @Field(() => DateTime, { description: 'When the service was last queried.' })
  declare readonly checkedAt: Date;
}
