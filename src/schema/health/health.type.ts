import { Field, Int, ObjectType } from 'type-graphql';
import { HealthStatus } from '../enums.ts';
import { DateTime } from '../scalars.ts';
import { HealthChecksType } from './health-checks.type.ts';

@ObjectType('Health', { description: 'Whether the installation works.', simpleResolvers: true })
export class HealthType {
  @Field(() => HealthStatus, { description: 'All parts taken together.' })
  declare readonly status: HealthStatus;

  @Field(() => String, { description: 'Version of the server.' })
  declare readonly version: string;

  @Field(() => Int, { description: 'Seconds since this process started.' })
  declare readonly uptimeSeconds: number;

  @Field(() => DateTime, { description: 'When this was measured.' })
  declare readonly timestamp: Date;

  @Field(() => HealthChecksType, { nullable: true, description: 'Part by part. Requires ADMIN_ANALYTICS_VIEW.' })
  declare readonly checks: HealthChecksType | null;
}
