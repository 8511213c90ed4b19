import { Field, Float, InputType } from 'type-graphql';

@InputType('MusicInput', { description: 'Music under the voice.' })
export class MusicInput {
  @Field(() => String, { nullable: true, description: 'E.g. "calm".' })
  declare readonly mood?: string | null;

  @Field(() => Float, { defaultValue: 0.15, description: '0 is silent, 1 as loud as it is.' })
  declare readonly volume: number;
}
