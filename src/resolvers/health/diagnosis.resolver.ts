import { Ctx, Query, Resolver } from 'type-graphql';
import { MetricsDiagnosticsType } from '../../schema/health/metrics-diagnostics.type.ts';
import { NetworkProbeType } from '../../schema/health/network-probe.type.ts';
import type { Context } from '../context.ts';

@Resolver()
export class DiagnosisResolver {
  @Query(() => [NetworkProbeType], {
    nullable: true,
    description:
      'Can the process that answers reach every other part and service, by name and port? Takes five seconds at most. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async networkDiagnostics(@Ctx() { services }: Context): Promise<NetworkProbeType[]> {
    return await services.network.run();
  }

  @Query(() => MetricsDiagnosticsType, {
    nullable: true,
    description:
      'What the Prometheus of PROMETHEUS_URL says of this installation; empty with a message where none is set. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async metricsDiagnostics(@Ctx() { services }: Context): Promise<MetricsDiagnosticsType> {
    return await services.metricsServer.read();
  }
}
