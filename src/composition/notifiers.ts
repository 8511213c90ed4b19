import { hostname } from 'node:os';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import type { NotifierTargets } from '../notifier-settings.ts';
import { DeliveryRelay } from '../services/alerts/delivery-relay.ts';
import { RECIPIENTS, type Recipients } from '../services/alerts/notification.ts';
import type { Notifier, SendAlertMail } from '../services/alerts/notifier.ts';
import { NotifierChannels } from '../services/alerts/notifier-channels.ts';
import { discordNotifier } from '../services/alerts/notifiers/discord.ts';
import { emailNotifier } from '../services/alerts/notifiers/email.ts';
import { logNotifier } from '../services/alerts/notifiers/log.ts';
import { pagerDutyNotifier } from '../services/alerts/notifiers/pagerduty.ts';
import { slackNotifier } from '../services/alerts/notifiers/slack.ts';
import { smsNotifier } from '../services/alerts/notifiers/sms.ts';
import { webhookNotifier } from '../services/alerts/notifiers/webhook.ts';
import { smtpSender } from './mail.ts';
import { openSlackReplies } from './slack.ts';

export interface NotifierLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface Notifications {
  readonly notifierChannels: NotifierChannels;
  /** Triggered after the commit of what has queued a notification. */
  readonly deliveries: DeliveryRelay;
}

/** Every process sends what waits: where the workers are lost, those with an API do it. */
export async function openNotifications(
  config: Config,
  db: Database,
  logger: Logger,
  resources: AsyncDisposableStack,
): Promise<Notifications> {
  const notifierChannels = await notifierChannelsOf(config, logger);
  const deliveries = new DeliveryRelay({ db, channels: notifierChannels, log: logger });
  resources.defer(() => deliveries.close());
  deliveries.start();
  openSlackReplies({ config, db, logger }, resources);
  return { notifierChannels, deliveries };
}

/** The notifiers of the settings, and the log. */
export async function notifierChannelsOf(config: Config, log: NotifierLog): Promise<NotifierChannels> {
  const sendMail = await mailSenderOf(config);
  const toLog = logNotifier(log);
  const known = new Map<string, Notifier>();
  const levelOf = (level: Recipients): readonly Notifier[] => [
    toLog,
    ...targetsOf(config, config.notifiers.targets[level], sendMail).map(({ target, kind, make }) => {
      // A target that an earlier level has too keeps its notifier.
      const key = `${kind} ${target}`;
      const notifier = known.get(key) ?? make(nameOf(kind, level, [...known.values()]));
      known.set(key, notifier);
      return notifier;
    }),
  ];
  const [on_call, lead, architect] = [levelOf('on_call'), levelOf('lead'), levelOf('architect')];
  return new NotifierChannels({ levels: { on_call, lead, architect }, log });
}

/** "slack", "slack-lead"; with several targets "sms", "sms-2". */
function nameOf(kind: string, level: Recipients, known: readonly Notifier[]): string {
  const name = level === RECIPIENTS[0] ? kind : `${kind}-${level}`;
  const isTaken = (candidate: string) => known.some((notifier) => notifier.name === candidate);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

interface Target {
  readonly kind: string;
  /** What makes it another than those of its kind; a secret of some services. */
  readonly target: string;
  make(name: string): Notifier;
}

function targetsOf(config: Config, targets: NotifierTargets, sendMail: SendAlertMail | undefined): Target[] {
  const { slackUrl, discordUrl, pagerdutyKey, webhookUrl, emailTo, phones } = targets;
  const { minPriority, twilio, webhookSecret, pagerdutyBaseUrl: baseUrl } = config.notifiers;
  const found: Target[] = [];
  const add = (kind: string, target: string, make: (name: string) => Notifier) => found.push({ kind, target, make });
  if (slackUrl !== undefined)
    add('slack', slackUrl, (name) => slackNotifier({ name, url: slackUrl, minPriority: minPriority.SLACK }));
  if (discordUrl !== undefined)
    add('discord', discordUrl, (name) => discordNotifier({ name, url: discordUrl, minPriority: minPriority.DISCORD }));
  if (emailTo.length > 0 && sendMail !== undefined)
    add('email', emailTo.join(), (name) =>
      emailNotifier({ name, to: emailTo, minPriority: minPriority.EMAIL, send: sendMail }),
    );
  if (pagerdutyKey !== undefined)
    add('pagerduty', pagerdutyKey, (name) =>
      pagerDutyNotifier({
        name,
        routingKey: pagerdutyKey,
        baseUrl,
        source: installationOf(config) ?? hostname(),
        installation: installationOf(config),
        minPriority: minPriority.PAGERDUTY,
      }),
    );
  if (twilio !== undefined)
    for (const to of phones)
      add('sms', to, (name) => smsNotifier({ ...twilio, name, to, minPriority: minPriority.TWILIO }));
  if (webhookUrl !== undefined && webhookSecret !== undefined)
    add('webhook', webhookUrl, (name) =>
      webhookNotifier({ name, url: webhookUrl, secret: webhookSecret, minPriority: minPriority.WEBHOOK }),
    );
  return found;
}

/** What this installation is called elsewhere. */
function installationOf({ publicUrl }: Config): string | undefined {
  return publicUrl === undefined ? undefined : new URL(publicUrl).host;
}

/** Undefined where no mail goes out; loading the mail program takes long. */
async function mailSenderOf(config: Config): Promise<SendAlertMail | undefined> {
  if (Object.values(config.notifiers.targets).every(({ emailTo }) => emailTo.length === 0)) return undefined;
  const send = await smtpSender(config);
  return async (to, mail) => {
    try {
      await send(to, mail);
    } catch (thrown) {
      throw mailError(thrown);
    }
  };
}

/** As nodemailer throws it. */
const smtpFailure = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** 5xx for the mail itself or for every recipient is final (RFC 5321 §4.2.1); a refused login may be mended. */
function mailError(thrown: unknown): AppError {
  const { code, responseCode: status } = smtpFailure.safeParse(thrown).data ?? {};
  const isRefused = (code === 'EMESSAGE' || code === 'EENVELOPE') && status !== undefined && status >= 500;
  const what = status === undefined ? 'cannot be reached' : `answered ${status}`;
  // No cause: it may name the recipients.
  return new AppError('NOTIFICATION_FAILED', `The mail server ${what}${code === undefined ? '' : ` (${code})`}.`, {
    retriable: !isRefused,
  });
}
