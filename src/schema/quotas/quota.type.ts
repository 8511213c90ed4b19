import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GenerationType, QuotaPeriod } from '../../entities/enums.ts';
import { QuotaStatus } from '../enums.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('Quota', {
  description:
    'What one user may generate of one kind. used and reserved together never pass limit, whatever runs at once.',
  simpleResolvers: true,
})
export class QuotaType {
  @Field(() => GenerationType, { description: 'Of what.' })
  declare readonly type: GenerationType;

  @Field(() => QuotaPeriod, { description: 'For how long.' })
  declare readonly period: QuotaPeriod;

  @Field(() => Int, { description: 'At most this many in the period.' })
  declare readonly limit: number;

  @Field(() => Int, { description: 'Made in the period.' })
  declare readonly used: number;

  @Field(() => Int, { description: 'Held for work under way.' })
  declare readonly reserved: number;

  @Field(() => Int, { description: 'Still free.' })
  declare readonly remaining: number;

  @Field(() => Float, { description: 'Share of the limit that is gone, 0 to 100.' })
  declare readonly percentage: number;

  @Field(() => QuotaStatus, { description: 'How near the limit is.' })
  declare readonly status: QuotaStatus;

  @Field(() => DateTime, { description: 'When the next period begins.' })
  declare readonly resetAt: Date;
}
