import { Field, Int, ObjectType } from 'type-graphql';
import { JobPriority } from '../../entities/enums.ts';

@ObjectType('PriorityCount', { description: 'How many jobs of one priority wait.', simpleResolvers: true })
export class PriorityCountType {
  @Field(() => JobPriority, { description: 'Which priority.' })
  declare readonly priority: JobPriority;

  @Field(() => Int, { description: 'Jobs of it that could begin now.' })
  declare readonly waiting: number;
}
