import { beforeAll } from 'vitest';
import { DISCORD_PATH, discordWebhook } from '../../fakes/discord-webhook.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { pagerDuty, ROUTING_KEY } from '../../fakes/pagerduty.ts';
import { SLACK_PATH, slackWebhook } from '../../fakes/slack-webhook.ts';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/smtp.ts';
import { TWILIO_SID, TWILIO_TOKEN, twilio } from '../../fakes/twilio.ts';
import { WEBHOOK_SECRET, webhookReceiver } from '../../fakes/webhook-receiver.ts';
import type { Settings } from '../../helpers/installation.ts';

export interface FakeNotified {
  readonly slack: FakeService;
  readonly discord: FakeService;
  readonly pagerDuty: FakeService;
  /** The last effective event of each incident, by its dedup_key. */
  readonly incidents: ReadonlyMap<string, string>;
  readonly twilio: FakeService;
  readonly webhook: FakeService;
  readonly smtp: FakeSmtp;
  /** All of them as notifiers. */
  readonly settings: Settings;
}

/** Every service that notifiers send to, for the tests of a file. */
export function useNotifiedServices(): () => FakeNotified {
  let services: FakeNotified | undefined;
  beforeAll(async () => {
    const incidents = new Map<string, string>();
    const started = {
      slack: await FakeService.start(slackWebhook),
      discord: await FakeService.start(discordWebhook),
      pagerDuty: await FakeService.start(pagerDuty(incidents)),
      twilio: await FakeService.start(twilio),
      webhook: await FakeService.start(webhookReceiver),
      smtp: await startFakeSmtp(),
    };
    services = { ...started, incidents, settings: settingsOf(started) };
    return async () => {
      await Promise.all(Object.values(started).map((service) => service.close()));
    };
  });
  return () => {
    if (services === undefined) throw new Error('The services have not been started.');
    return services;
  };
}

function settingsOf(services: Omit<FakeNotified, 'settings' | 'incidents'>): Settings {
  return {
    ALERT_SLACK_WEBHOOK_URL: `${services.slack.url}${SLACK_PATH}`,
    ALERT_DISCORD_WEBHOOK_URL: `${services.discord.url}${DISCORD_PATH}`,
    ALERT_EMAIL_TO: 'ann@example.org,bea@example.org',
    SMTP_URL: services.smtp.url,
    MAIL_FROM: 'Auto Video <video@example.org>',
    ALERT_PAGERDUTY_ROUTING_KEY: ROUTING_KEY,
    ALERT_PAGERDUTY_BASE_URL: services.pagerDuty.url,
    ALERT_TWILIO_ACCOUNT_SID: TWILIO_SID,
    ALERT_TWILIO_AUTH_TOKEN: TWILIO_TOKEN,
    ALERT_TWILIO_FROM: '+14155550100',
    ALERT_TWILIO_TO: '+886912345678',
    ALERT_TWILIO_BASE_URL: services.twilio.url,
    ALERT_WEBHOOK_URL: `${services.webhook.url}/hook`,
    ALERT_WEBHOOK_SECRET: `whsec_${WEBHOOK_SECRET}`,
    PUBLIC_URL: 'https://video.example.org',
  };
}
