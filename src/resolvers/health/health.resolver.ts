import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { HealthType } from '../../schema/health/health.type.ts';
import type { HealthChecksType } from '../../schema/health/health-checks.type.ts';
import { ProcessDiagnosticsType } from '../../schema/health/process-diagnostics.type.ts';
import type { Context } from '../context.ts';

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

  @FieldResolver()
  async checks(@Ctx() { services }: Context): Promise<HealthChecksType> {
    return await services.health.checks();
  }
}
