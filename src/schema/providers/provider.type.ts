import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Capability, CircuitState, HealthStatus } from '../enums.ts';
import { NodeType } from '../node.type.ts';
import { ServiceQuotaType } from '../quotas/service-quota.type.ts';
import { DateTime, LanguageTag, URL } from '../scalars.ts';
import { ProviderMetricsType } from './provider-metrics.type.ts';

@ObjectType('Voice', { description: 'A voice that can read a narration.', simpleResolvers: true })
export class VoiceType {
  @Field(() => ID, { description: 'Unique within its provider: the voiceId of a VoiceInput.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Name of its provider.' })
  declare readonly provider: string;

  @Field(() => String, { description: 'Name to show.' })
  declare readonly name: string;

  @Field(() => [LanguageTag], { description: 'Languages that it can read.' })
  declare readonly languages: readonly string[];

  @Field(() => URL, {
    nullable: true,
    description: 'A sound sample, which can be played for up to an hour; null where its service has none.',
  })
  declare readonly previewUrl: string | null;

  @Field(() => Boolean, { description: 'Whether it is cloned from recordings of a person.' })
  declare readonly cloned: boolean;
}

@ObjectType('ProviderError', { description: 'A call to a provider that failed.', simpleResolvers: true })
export class ProviderErrorType {
  @Field(() => String, { description: 'The code, for programs, e.g. "LOCAL_TIMEOUT".' })
  declare readonly code: string;

  @Field(() => String, { description: 'The message, for people.' })
  declare readonly message: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  declare readonly at: Date;
}

@ObjectType('Provider', {
  description: 'A service that makes content, built in or external.',
  implements: NodeType,
  simpleResolvers: true,
})
export class ProviderType {
  @Field(() => ID, { description: 'Opaque id.' })
  declare readonly id: string;

  @Field(() => String, { description: 'Its name in settings and in events.' })
  declare readonly name: string;

  @Field(() => [Capability], { description: 'The kinds of content it can make.' })
  declare readonly capabilities: readonly Capability[];

  @Field(() => Boolean, { description: 'False while its key is missing; it is not called then.' })
  declare readonly configured: boolean;

  @Field(() => Boolean, { description: 'False while an operator has disabled it.' })
  declare readonly enabled: boolean;

  @Field(() => Int, { description: 'Providers with a higher priority are tried earlier.' })
  declare readonly priority: number;

  @Field(() => HealthStatus, { description: 'Its health, from its recent calls.' })
  declare readonly health: HealthStatus;

  @Field(() => CircuitState, { description: 'Whether it may be called now.' })
  declare readonly circuit: CircuitState;

  @Field(() => [String], { description: 'Its models.' })
  declare readonly models: readonly string[];

  @Field(() => ServiceQuotaType, {
    nullable: true,
    description: 'What the installation may still ask of it; null where that is not known.',
  })
  declare readonly quota: ServiceQuotaType | null;

  @Field(() => ProviderErrorType, { nullable: true, description: 'Its most recent error.' })
  declare readonly lastError: ProviderErrorType | null;

  @Field(() => ProviderMetricsType, {
    nullable: true,
    description: 'Statistics of its calls in the last minutes. Requires ADMIN_ANALYTICS_VIEW.',
  })
  declare readonly metrics: ProviderMetricsType | null;
}
