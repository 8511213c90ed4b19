import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Capability, CircuitState, HealthStatus } from '../enums.ts';
import { NodeType } from '../node.type.ts';
import { ServiceQuotaType } from '../quotas/service-quota.type.ts';
import { ProviderErrorType } from './provider-error.type.ts';
import { ProviderMetricsType } from './provider-metrics.type.ts';

@ObjectType('Provider', {
  description: 'A service that can be asked for content, ours or somebody else’s.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ProviderType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Its name in settings and in events.' })
  declare readonly name: string;

  @Field(() => [Capability], { description: 'What it can be asked for.' })
  declare readonly capabilities: readonly Capability[];

  @Field(() => Boolean, { description: 'False while its key is missing; it is never called then.' })
  declare readonly configured: boolean;

  @Field(() => Boolean, { description: 'False while an operator has switched it off.' })
  declare readonly enabled: boolean;

  @Field(() => Int, { description: 'The higher, the earlier it is tried.' })
  declare readonly priority: number;

  @Field(() => HealthStatus, { description: 'How it did lately.' })
  declare readonly health: HealthStatus;

  @Field(() => CircuitState, { description: 'Whether calls are let through to it.' })
  declare readonly circuit: CircuitState;

  @Field(() => [String], { description: 'Models it offers.' })
  declare readonly models: readonly string[];

  @Field(() => ServiceQuotaType, {
    nullable: true,
    description: 'What may still be asked of it; null where unlimited.',
  })
  declare readonly quota: ServiceQuotaType | null;

  @Field(() => ProviderErrorType, { nullable: true, description: 'What last went wrong.' })
  declare readonly lastError: ProviderErrorType | null;

  @Field(() => ProviderMetricsType, {
    nullable: true,
    description: 'How its calls of the last minutes went. Requires ADMIN_ANALYTICS_VIEW.',
  })
  declare readonly metrics: ProviderMetricsType | null;
}
