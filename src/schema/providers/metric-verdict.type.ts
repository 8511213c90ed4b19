import { Field, Float, ObjectType } from 'type-graphql';
import { Verdict } from '../enums.ts';

@ObjectType('MetricVerdict', {
  description:
    'A measured value with its target and its thresholds, e.g. {metric: "p90Ms", value: 7200, target: 5000, warning: 10000, verdict: FAIR}.',
  simpleResolvers: true,
})
export class MetricVerdictType {
  @Field(() => String, { description: 'Which figure.' })
  declare readonly metric: string;

  @Field(() => Float, { description: 'The measured value.' })
  declare readonly value: number;

  @Field(() => Float, { description: 'The target value.' })
  declare readonly target: number;

  @Field(() => Float, { description: 'The value from which there is a warning.' })
  declare readonly warning: number;

  @Field(() => Float, { nullable: true, description: 'The value from which it is critical.' })
  declare readonly critical: number | null;

  @Field(() => Verdict, { description: 'The judgement.' })
  declare readonly verdict: Verdict;
}
