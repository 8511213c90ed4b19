import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { QuotaStatus } from '../enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('Quota', {
  description:
    'What one user may generate of one kind. used and reserved together never exceed limit, also with concurrent requests.',
  simpleResolvers: true,
})
export class QuotaType {
  @Field(() => GenerationType, { description: 'Of what.' })
  declare readonly type: GenerationType;

  @Field(() => QuotaPeriod, { description: 'For how long.' })
  declare readonly period: QuotaPeriod;

  @Field(() => Int, { description: 'The maximum in the period.' })
  declare readonly limit: number;

  @Field(() => Int, { description: 'Already made in the period.' })
  declare readonly used: number;

  @Field(() => Int, { description: 'Reserved for work in progress.' })
  declare readonly reserved: number;

  @Field(() => Int, { description: 'Still free.' })
  declare readonly remaining: number;

  @Field(() => Float, { description: 'Used and reserved share of the limit, 0 to 100.' })
  declare readonly percentage: number;

  @Field(() => QuotaStatus, { description: 'How close use is to the limit.' })
  declare readonly status: QuotaStatus;

  @Field(() => DateTime, { description: 'When the next period begins.' })
  declare readonly resetAt: Date;
}
