import { Field, Int, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';

@ObjectType('ProvidersHealth', { description: 'How the providers of content do.', simpleResolvers: true })
export class ProvidersHealthType {
  @Field(() => HealthStatus, { description: 'Whether it works.' })
  declare readonly status: HealthStatus;

  @Field(() => Int, { description: 'Providers that work.' })
  declare readonly healthy: number;

  @Field(() => Int, { description: 'Providers that are configured.' })
  declare readonly total: number;

  @Field(() => String, { nullable: true, description: 'What is wrong, or what to know.' })
  declare readonly message: string | null;
}
