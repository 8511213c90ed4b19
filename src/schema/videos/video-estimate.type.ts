import { Field, Float, ObjectType } from 'type-graphql';
import { PipelineStage } from '../../entities/enums.ts';
import { Decimal } from '../scalars.ts';

@ObjectType('EstimateLine', { description: 'What one stage of a video would cost.', simpleResolvers: true })
export class EstimateLineType {
  @Field(() => PipelineStage, { description: 'The stage.' })
  declare readonly stage: PipelineStage;

  @Field(() => String, { description: 'Name of the provider that is tried first.' })
  declare readonly provider: string;

  @Field(() => Float, { description: 'How many units it is expected to use.' })
  declare readonly units: number;

  @Field(() => String, {
    description: 'What is counted: tokens, characters, pictures, seconds, or calls where nothing else is.',
  })
  declare readonly unit: string;

  @Field(() => Decimal, { description: 'Its cost in US dollars.' })
  declare readonly cost: string;
}

@ObjectType('VideoEstimate', {
  description:
    'What a video would cost and take. The length and the cost of a text that is still to be written are those of the requested length.',
  simpleResolvers: true,
})
export class VideoEstimateType {
  @Field(() => Decimal, { description: 'The sum of the lines.' })
  declare readonly cost: string;

  @Field(() => String, { description: 'Always USD.' })
  declare readonly currency: string;

  @Field(() => Float, { description: 'Length of the film, in seconds.' })
  declare readonly durationSeconds: number;

  @Field(() => Float, {
    description: 'Seconds that the making takes, without waiting for a worker, by what earlier videos here have taken.',
  })
  declare readonly processingSeconds: number;

  @Field(() => [EstimateLineType], { description: 'By stage.' })
  declare readonly lines: readonly EstimateLineType[];

  @Field(() => Boolean, { description: 'Whether the caller’s quota has room for one more video.' })
  declare readonly quotaSufficient: boolean;
}
