import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Capability, CircuitState, HealthStatus } from '../enums.ts';
import { NodeType } from '../node.type.ts';
import { ServiceQuotaType } from '../quotas/service-quota.type.ts';
import { DateTime, LanguageTag, URL } from '../scalars.ts';
import { ProviderMetricsType } from './provider-metrics.type.ts';

@ObjectType('Voice', { description: 'Somebody who can read a narration.', simpleResolvers: true })
export class VoiceType {
  @Field(() => ID, { description: 'Unique within its provider: the voiceId of a VoiceInput.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of the provider that speaks with it.' })
  declare readonly provider: string;

  @Field(() => String, { description: 'Name to show.' })
  declare readonly name: string;

  @Field(() => [LanguageTag], { description: 'Languages it reads sensibly.' })
  declare readonly languages: readonly string[];

  @Field(() => URL, { nullable: true, description: 'A sample to listen to.' })
  declare readonly previewUrl: string | null;

  @Field(() => Boolean, { description: 'Whether it was made from somebody’s recordings.' })
  declare readonly cloned: boolean;
}

@ObjectType('ProviderError', { description: 'A call to a provider that failed.', simpleResolvers: true })
export class ProviderErrorType {
  @Field(() => String, { description: 'For a program, e.g. "LOCAL_TIMEOUT".' })
  declare readonly code: string;

  @Field(() => String, { description: 'For a person.' })
  declare readonly message: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: Date;
}

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
