import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { networkTargetsOf } from '../../src/composition/network-targets.ts';
import { loadConfig } from '../../src/config.ts';
import { SERVICES } from '../../src/service-settings.ts';

const SECRET = 'x'.repeat(32);
const HOST = 'https://host.example.org';

/** Every service that the program can connect to, each at a host of its own. */
function servicesOfCode(): string[] {
  const keys = Object.keys(SERVICES).flatMap((service) => [
    [`${service}_API_KEY`, SECRET],
    [`${service}_BASE_URL`, `https://${service.toLowerCase().replaceAll('_', '-')}.example.org`],
  ]);
  const config = loadConfig({
    NODE_ENV: 'test',
    ...Object.fromEntries(keys),
    AZURE_SPEECH_REGION: 'westeurope',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    DATABASE_URL: 'postgres://app@db.example.org/video',
    DATABASE_REPLICA_URLS: 'postgres://app@replica.example.org/video',
    REDIS_URL: 'rediss://redis.example.org',
    SMTP_URL: 'smtps://mail.example.org',
    MAIL_FROM: 'video@example.org',
    OTEL_EXPORTER_OTLP_ENDPOINT: `${HOST}:4318`,
    SENTRY_DSN: 'https://key@sentry.example.org/42',
    PROMETHEUS_URL: `${HOST}:9090`,
    UPTIME_PING_URL: `${HOST}:1/ping`,
    ALERT_SLACK_WEBHOOK_URL: `${HOST}:2/a`,
    ALERT_DISCORD_WEBHOOK_URL: `${HOST}:3/a`,
    ALERT_WEBHOOK_URL: `${HOST}:4/a`,
    ALERT_WEBHOOK_SECRET: SECRET,
    ALERT_PAGERDUTY_ROUTING_KEY: SECRET,
    ALERT_TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    ALERT_TWILIO_AUTH_TOKEN: SECRET,
    ALERT_TWILIO_FROM: '+15005550006',
    ALERT_TWILIO_TO: '+15005550007',
  });
  const targets = networkTargetsOf(config, { databaseUrl: null, redisUrl: null });
  return targets.flatMap(({ name }) => name.split(', '));
}

it.each(['docs/operations', 'docs/operations/zh-TW'])('The index in %s has each service, with an anchor', (folder) => {
  const rows = readFileSync(`${folder}/README.md`, 'utf8').matchAll(
    /^\| <a id="([\w-]+)"><\/a>`([^`]+)` \| `autovideo [^`]+` \| \[.+\]\(.+\) \|$/gm,
  );
  const found = Array.from(rows, ([, anchor = '', name = '']) => ({ anchor, name }));
  const services = servicesOfCode();
  expect(services.length).toBeGreaterThan(20);
  expect(found.map(({ name }) => name).sort()).toEqual([...services, 'FFmpeg', 'storage'].sort());
  for (const { anchor, name } of found) expect(anchor).toBe(name.toLowerCase().replaceAll(' ', '-'));
});
