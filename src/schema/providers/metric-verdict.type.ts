import { Field, Float, ObjectType } from 'type-graphql';
import { Verdict } from '../enums.ts';

@ObjectType('MetricVerdict', {
  description:
    'A measured figure beside its target and its marks, e.g. {metric: "p90Ms", value: 7200, target: 5000, warning: 10000, verdict: FAIR}.',
  simpleResolvers: true,
})
export class MetricVerdictType {
  @Field(() => String, { description: 'Which figure.' })
  declare readonly metric: string;

  @Field(() => Float, { description: 'What was measured.' })
  declare readonly value: number;

  @Field(() => Float, { description: 'What is good.' })
  declare readonly target: number;

  @Field(() => Float, { description: 'From where it worries.' })
  declare readonly warning: number;

  @Field(() => Float, { nullable: true, description: 'From where it is an emergency.' })
  declare readonly critical: number | null;

  @Field(() => Verdict, { description: 'The judgement.' })
  declare readonly verdict: Verdict;
}
