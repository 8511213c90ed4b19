import { Field, ObjectType } from 'type-graphql';
import { Decimal } from '../scalars.ts';

@ObjectType('Cost', { description: 'What providers take for a video.', simpleResolvers: true })
export class CostType {
  @Field(() => Decimal, {
    nullable: true,
    description: 'What it will probably cost in all; null where that is unknown.',
  })
  declare readonly estimated: string | null;

  @Field(() => Decimal, { description: 'The most that the requests under way can cost.' })
  declare readonly reserved: string;

  @Field(() => Decimal, {
    description:
      'The sum of all requests so far, failed ones included; a request without a known answer counts with the most that it can cost.',
  })
  declare readonly spent: string;

  @Field(() => Decimal, { nullable: true, description: 'CreateVideoInput.maxCost; null where none was given.' })
  declare readonly limit: string | null;

  @Field(() => String, { description: 'ISO 4217 code of the currency: "USD".' })
  declare readonly currency: string;
}
