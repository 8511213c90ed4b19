import { Field, ObjectType } from 'type-graphql';

@ObjectType('ScrapeTarget', { description: 'What Prometheus scrapes.', simpleResolvers: true })
export class ScrapeTargetType {
  @Field(() => String, { description: 'The job in its configuration.' })
  declare readonly job: string;

  @Field(() => String, { description: 'Host and port.' })
  declare readonly instance: string;

  @Field(() => Boolean, { description: 'Whether the last scrape succeeded.' })
  declare readonly healthy: boolean;

  @Field(() => String, { nullable: true, description: 'Why the last scrape failed.' })
  declare readonly lastError: string | null;
}

@ObjectType('KeyMetric', { description: 'A metric that dashboards and rules need.', simpleResolvers: true })
export class KeyMetricType {
  @Field(() => String, { description: 'Its name.' })
  declare readonly name: string;

  @Field(() => Boolean, { description: 'Whether Prometheus has a current value.' })
  declare readonly available: boolean;
}

@ObjectType('RuleState', { description: 'A rule that raises an alert in Prometheus.', simpleResolvers: true })
export class RuleStateType {
  @Field(() => String, { description: 'Its group.' })
  declare readonly group: string;

  @Field(() => String, { description: 'Its name.' })
  declare readonly name: string;

  @Field(() => String, { description: 'inactive, pending, firing or unknown.' })
  declare readonly state: string;

  @Field(() => String, { nullable: true, description: 'What it means.' })
  declare readonly description: string | null;
}

@ObjectType('MetricsDiagnostics', {
  description:
    'What the Prometheus of PROMETHEUS_URL says; empty, with a message, where none is set or it does not answer.',
  simpleResolvers: true,
})
export class MetricsDiagnosticsType {
  @Field(() => [ScrapeTargetType], { description: 'What it scrapes; at most 500.' })
  declare readonly targets: readonly ScrapeTargetType[];

  @Field(() => [KeyMetricType], { description: 'The metrics that dashboards and rules need.' })
  declare readonly keyMetrics: readonly KeyMetricType[];

  @Field(() => [RuleStateType], { description: 'Its rules that raise alerts; at most 500.' })
  declare readonly rules: readonly RuleStateType[];

  @Field(() => String, { nullable: true, description: 'What is wrong, or null.' })
  declare readonly message: string | null;
}
