import { Field, Float, ObjectType } from 'type-graphql';
import { QuotaStatus } from '../enums.ts';
import { BigIntString, DateTime } from '../scalars.ts';

@ObjectType('ServiceQuota', {
  description:
    'What the installation may still ask of an external service, in the unit that the service counts: characters, credits or calls.',
  simpleResolvers: true,
})
export class ServiceQuotaType {
  @Field(() => String, { description: 'Name of the service.' })
  declare readonly service: string;

  @Field(() => BigIntString, {
    description: 'Used in the period; where credits are bought in advance, since the last purchase.',
  })
  declare readonly used: number;

  @Field(() => BigIntString, {
    nullable: true,
    description:
      'Allowed in the period; where credits are bought in advance, the balance after the last purchase. Null where it is not known.',
  })
  declare readonly total: number | null;

  @Field(() => Float, { nullable: true, description: 'Used share, 0 to 100.' })
  declare readonly percentage: number | null;

  @Field(() => QuotaStatus, { description: 'How close use is to the limit; HEALTHY where none is known.' })
  declare readonly status: QuotaStatus;

  @Field(() => DateTime, { nullable: true, description: 'When the next period begins.' })
  declare readonly resetAt: Date | null;

  @Field(() => DateTime, {
    description: 'When this was found out: a service that does not answer keeps its last figure.',
  })
  declare readonly checkedAt: Date;
}
