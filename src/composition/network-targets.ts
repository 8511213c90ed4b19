import type { Config } from '../config.ts';
import { mergeTargets, type NetworkTarget, targetOf } from '../monitoring/network/network-target.ts';
import type { ServiceSettings } from '../service-settings.ts';

/** Where services are by default; where it depends on a region, the place is written REGION. The adapters in src/providers have the same. */
const SERVICE_ADDRESSES: Readonly<Record<Exclude<ServiceSettings['service'], 'OPENAI_COMPATIBLE'>, string>> = {
  ELEVENLABS: 'https://api.elevenlabs.io',
  OPENAI: 'https://api.openai.com',
  CLAUDE: 'https://api.anthropic.com',
  GEMINI: 'https://generativelanguage.googleapis.com',
  STABILITY: 'https://api.stability.ai',
  AZURE_SPEECH: 'https://REGION.tts.speech.microsoft.com',
  GROQ: 'https://api.groq.com',
  REPLICATE: 'https://api.replicate.com',
  POLLY: 'https://polly.REGION.amazonaws.com',
  D_ID: 'https://api.d-id.com',
};

/** Where the servers are that the program starts itself, or null where they do not run. */
export interface OwnServers {
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}

/** Every host that the installation connects to by its settings. */
export function networkTargetsOf(config: Config, own: OwnServers): NetworkTarget[] {
  const database = config.databaseUrl ?? own.databaseUrl;
  const redis = config.redisUrl ?? own.redisUrl;
  return mergeTargets([
    of('PostgreSQL', database, config.databaseUrl === undefined ? null : 'DATABASE_URL'),
    ...config.databaseReplicaUrls.map((url) => of('PostgreSQL replica', url, 'DATABASE_REPLICA_URLS')),
    of('Redis', redis, config.redisUrl === undefined ? null : 'REDIS_URL'),
    of('SMTP', config.smtpUrl, 'SMTP_URL'),
    ...Object.values(config.services).map(serviceTarget),
    of('OpenTelemetry collector', config.tracing?.endpoint, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
    of('Prometheus', config.prometheusUrl, 'PROMETHEUS_URL'),
    of('Sentry', config.sentryDsn, 'SENTRY_DSN'),
    of('uptime monitor', config.uptimePingUrl, 'UPTIME_PING_URL'),
    ...notifierTargets(config.notifiers),
  ]);
}

function serviceTarget(settings: ServiceSettings): NetworkTarget | null {
  const { service, name, configured, baseUrl, region } = settings;
  if (!configured) return null;
  if (baseUrl !== undefined || service === 'OPENAI_COMPATIBLE') return of(name, baseUrl, `${service}_BASE_URL`);
  const setting = region === undefined ? null : service === 'POLLY' ? 'AWS_REGION' : `${service}_REGION`;
  return of(name, SERVICE_ADDRESSES[service].replace('REGION', region ?? ''), setting);
}

function notifierTargets(notifiers: Config['notifiers']): (NetworkTarget | null)[] {
  const { targets, twilio, pagerdutyBaseUrl, slackCommand } = notifiers;
  const found = Object.entries(targets).flatMap(
    ([level, { slackUrl, discordUrl, pagerdutyKey, webhookUrl, phones }]) => {
      const suffix = level === 'on_call' ? '' : `_${level.toUpperCase()}`;
      return [
        of('slack', slackUrl, `ALERT_SLACK_WEBHOOK_URL${suffix}`),
        of('discord', discordUrl, `ALERT_DISCORD_WEBHOOK_URL${suffix}`),
        of('alert webhook', webhookUrl, `ALERT_WEBHOOK_URL${suffix}`),
        pagerdutyKey === undefined ? null : of('pagerduty', pagerdutyBaseUrl, 'ALERT_PAGERDUTY_BASE_URL'),
        twilio === undefined || phones.length === 0 ? null : of('twilio', twilio.baseUrl, 'ALERT_TWILIO_BASE_URL'),
      ];
    },
  );
  return [...found, of('slack command', slackCommand?.apiUrl, 'SLACK_BASE_URL')];
}

function of(name: string, address: string | null | undefined, setting: string | null): NetworkTarget | null {
  return address === null || address === undefined ? null : targetOf(name, address, setting);
}
