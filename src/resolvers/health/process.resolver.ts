import { Ctx, Query, Resolver } from 'type-graphql';
import { ProcessDiagnosticsType } from '../../schema/health/process-diagnostics.type.ts';
import type { Context } from '../context.ts';

@Resolver()
export class ProcessResolver {
  @Query(() => ProcessDiagnosticsType, {
    nullable: true,
    description: 'How the process is that answers. Requires ADMIN_SYSTEM_CONFIG.',
  })
  async processDiagnostics(@Ctx() { services }: Context): Promise<ProcessDiagnosticsType> {
    return await services.process.read();
  }
}
