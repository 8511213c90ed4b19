import { Ctx, FieldResolver, Query, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql';
import { HealthType } from '../../schema/health/health.type.ts';
import {
  DatabaseHealthType,
  type HealthChecksType,
  ReplicaHealthType,
} from '../../schema/health/health-checks.type.ts';
import { ProcessDiagnosticsType } from '../../schema/health/process-diagnostics.type.ts';
import type { HealthFacts } from '../../services/health/health-watch.ts';
import type { Context } from '../context.ts';

/** The guard runs before it. */
function openHealth({ context }: SubscribeResolverData<unknown, unknown, Context>): AsyncIterable<HealthFacts> {
  return context.services.healthWatch.open();
}

@Resolver()
export class ProcessResolver {
  @Query(() => ProcessDiagnosticsType, {
    nullable: true,
    description: 'State of the process that answers. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async processDiagnostics(@Ctx() { services }: Context): Promise<ProcessDiagnosticsType> {
    return await services.process.read();
  }
}

@Resolver(() => HealthType)
export class HealthResolver {
  @Query(() => HealthType, {
    description: 'Whether the installation works. Anyone; checks requires ADMIN_ANALYTICS_VIEW.',
  })
  async health(@Ctx() { services }: Context): Promise<Omit<HealthType, 'checks'>> {
    return await services.health.status();
  }

  @Subscription(() => HealthType, {
    subscribe: openHealth,
    description: 'At once, and each time the overall status changes. Requires ADMIN_ANALYTICS_VIEW.',
  })
  healthChanged(@Root() health: HealthFacts): Omit<HealthType, 'checks'> {
    return health;
  }

  @FieldResolver()
  async checks(@Ctx() { services }: Context): Promise<HealthChecksType> {
    return await services.health.checks();
  }
}

@Resolver(() => DatabaseHealthType)
export class DatabaseHealthResolver {
  @FieldResolver(() => [ReplicaHealthType], {
    description: 'The replicas of DATABASE_REPLICA_URLS, as the process that answers sees them.',
  })
  replicas(@Ctx() { services }: Context): readonly ReplicaHealthType[] {
    return services.replicas.list();
  }
}
