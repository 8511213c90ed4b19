import { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';
import { readSlackSettings, type SlackCommandSettings } from './slack-settings.ts';

/** The kinds of notifiers that are set; the log is one more, which needs no setting. */
const KINDS = ['SLACK', 'DISCORD', 'EMAIL', 'PAGERDUTY', 'TWILIO', 'WEBHOOK'] as const;
export type NotifierKind = (typeof KINDS)[number];
type Priority = 'P0' | 'P1' | 'P2';

/** Where the notifications of one level of escalation go; undefined or empty where it has no such notifier. */
export interface NotifierTargets {
  readonly slackUrl: string | undefined;
  readonly discordUrl: string | undefined;
  readonly pagerdutyKey: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly emailTo: readonly string[];
  readonly phones: readonly string[];
}

export interface NotifierSettings {
  /** What `lead` and `architect` do not set of their own they have from the level before. */
  readonly targets: Readonly<Record<'on_call' | 'lead' | 'architect', NotifierTargets>>;
  /** The lowest priority that each passes on. */
  readonly minPriority: Readonly<Record<NotifierKind, Priority>>;
  /** Set where there are phones. */
  readonly twilio: TwilioAccount | undefined;
  /** Signs webhooks; set where there is one. */
  readonly webhookSecret: Buffer | undefined;
  /** Without a trailing slash. */
  readonly pagerdutyBaseUrl: string;
  /** Undefined where Slack has no command that makes videos. */
  readonly slackCommand: SlackCommandSettings | undefined;
}

export interface TwilioAccount {
  readonly sid: string;
  readonly token: string;
  /** A phone number, a name that the country allows as a sender, or a messaging service (MG…). */
  readonly from: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
}

/** What wakes people or costs money for each message gets the most urgent alone. */
const URGENT_ONLY: readonly NotifierKind[] = ['PAGERDUTY', 'TWILIO'];
const MOST_TARGETS = 20;

const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((text) => URL.canParse(text) && new URL(text).username === '', { error: 'must not have a user name' });
const baseUrl = address.transform((text) => text.replace(/\/{1,9}$/, ''));
const list = <T extends z.ZodType<string, string>>(one: T) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(one).max(MOST_TARGETS));
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be phone numbers such as +14155550100, separated by commas');
const sender = z
  .string()
  .regex(/^(?:\+[1-9]\d{6,14}|MG[0-9a-fA-F]{32}|[A-Za-z0-9 ]{1,11})$/, 'must be a phone number, a name or MG…');
const sid = z.string().regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits');
const key = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be printable ASCII without blanks');
const routingKey = z.string().regex(/^[A-Za-z0-9]{32}$/, 'must have 32 letters and digits');
const secret = z
  .string()
  .regex(/^(?:whsec_)?[A-Za-z0-9+/]{32,86}={0,2}$/, 'must be 24 to 64 random bytes in base64, with or without whsec_')
  .transform((text) => Buffer.from(text.replace(/^whsec_/, ''), 'base64'))
  .refine((bytes) => bytes.length >= 24 && bytes.length <= 64, { error: 'must be 24 to 64 bytes' });

type Env = Readonly<Record<string, string | undefined>>;
type Read = <T>(setting: string, schema: z.ZodType<T>) => T | undefined;

/** Problems are added to the list. Blank settings count as omitted. */
export function readNotifierSettings(env: Env, problems: SettingProblem[]): NotifierSettings {
  const read: Read = (setting, schema) => {
    const text = env[setting]?.trim() ?? '';
    if (text === '') return undefined;
    const parsed = schema.safeParse(text);
    if (!parsed.success) problems.push({ setting, message: messagesOf(parsed.error) });
    return parsed.data;
  };
  const onCall = targetsOf(read, '', NOTHING);
  const lead = targetsOf(read, '_LEAD', onCall);
  const architect = targetsOf(read, '_ARCHITECT', lead);
  const webhookSecret = read('ALERT_WEBHOOK_SECRET', secret);
  checkPairs(env, problems);
  return Object.freeze({
    targets: { on_call: onCall, lead, architect },
    minPriority: {
      SLACK: minPriorityOf(read, 'SLACK'),
      DISCORD: minPriorityOf(read, 'DISCORD'),
      EMAIL: minPriorityOf(read, 'EMAIL'),
      PAGERDUTY: minPriorityOf(read, 'PAGERDUTY'),
      TWILIO: minPriorityOf(read, 'TWILIO'),
      WEBHOOK: minPriorityOf(read, 'WEBHOOK'),
    },
    twilio: twilioOf(read),
    webhookSecret,
    pagerdutyBaseUrl: read('ALERT_PAGERDUTY_BASE_URL', baseUrl) ?? 'https://events.pagerduty.com',
    slackCommand: readSlackSettings(env, problems),
  });
}

const NOTHING: NotifierTargets = {
  slackUrl: undefined,
  discordUrl: undefined,
  pagerdutyKey: undefined,
  webhookUrl: undefined,
  emailTo: [],
  phones: [],
};

function targetsOf(read: Read, suffix: '' | '_LEAD' | '_ARCHITECT', before: NotifierTargets): NotifierTargets {
  return {
    slackUrl: read(`ALERT_SLACK_WEBHOOK_URL${suffix}`, address) ?? before.slackUrl,
    discordUrl: read(`ALERT_DISCORD_WEBHOOK_URL${suffix}`, address) ?? before.discordUrl,
    pagerdutyKey: read(`ALERT_PAGERDUTY_ROUTING_KEY${suffix}`, routingKey) ?? before.pagerdutyKey,
    webhookUrl: read(`ALERT_WEBHOOK_URL${suffix}`, address) ?? before.webhookUrl,
    emailTo: read(`ALERT_EMAIL_TO${suffix}`, list(z.email('must be addresses, separated by commas'))) ?? before.emailTo,
    phones: read(`ALERT_TWILIO_TO${suffix}`, list(phone)) ?? before.phones,
  };
}

function minPriorityOf(read: Read, kind: NotifierKind): Priority {
  const byDefault = URGENT_ONLY.includes(kind) ? 'P0' : 'P2';
  return read(`ALERT_${kind}_MIN_PRIORITY`, z.enum(['P0', 'P1', 'P2'], 'must be P0, P1 or P2')) ?? byDefault;
}

function twilioOf(read: Read): TwilioAccount | undefined {
  const [account, token] = [read('ALERT_TWILIO_ACCOUNT_SID', sid), read('ALERT_TWILIO_AUTH_TOKEN', key)];
  const from = read('ALERT_TWILIO_FROM', sender);
  const url = read('ALERT_TWILIO_BASE_URL', baseUrl) ?? 'https://api.twilio.com';
  if (account === undefined || token === undefined || from === undefined) return undefined;
  return { sid: account, token, from, baseUrl: url };
}

/** Settings that are of no use without each other. */
function checkPairs(env: Env, problems: SettingProblem[]): void {
  const isSet = (setting: string) => (env[setting]?.trim() ?? '') !== '';
  const setOf = (setting: string) => ['', '_LEAD', '_ARCHITECT'].map((suffix) => setting + suffix).find(isSet);
  const needs = (cause: string | undefined, ...needed: readonly string[]) => {
    if (cause === undefined) return;
    for (const setting of needed)
      if (setOf(setting) === undefined) problems.push({ setting, message: `must be set with ${cause}` });
  };
  const account = ['ALERT_TWILIO_ACCOUNT_SID', 'ALERT_TWILIO_AUTH_TOKEN', 'ALERT_TWILIO_FROM'];
  needs([...account, setOf('ALERT_TWILIO_TO') ?? ''].find(isSet), ...account, 'ALERT_TWILIO_TO');
  needs(setOf('ALERT_WEBHOOK_URL'), 'ALERT_WEBHOOK_SECRET');
  needs(setOf('ALERT_WEBHOOK_SECRET'), 'ALERT_WEBHOOK_URL');
  needs(setOf('ALERT_EMAIL_TO'), 'SMTP_URL');
}

/** Each sentence once: a list has one for each part that is wrong. */
function messagesOf(error: z.ZodError): string {
  return [...new Set(error.issues.map(({ message }) => message))].join('; ');
}
