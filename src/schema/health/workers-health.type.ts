import { Field, Int, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';

@ObjectType('WorkersHealth', { description: 'How the workers do.', simpleResolvers: true })
export class WorkersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Workers that gave a sign of life lately.' })
  declare readonly activeWorkers: number;

  @Field(() => Int, { description: 'Jobs that wait for one.' })
  declare readonly pendingJobs: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
