import { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

/** The slash command that makes a video. */
export interface SlackCommandSettings {
  /** What Slack signs its requests with. */
  readonly signingSecret: string;
  readonly botToken: string;
  /** E-mail address or id of the account that owns the videos. */
  readonly user: string;
  /** Where the methods of the Web API are, without a trailing slash. */
  readonly apiUrl: string;
  /** The only place that answers are posted to, without a trailing slash. */
  readonly hooksUrl: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const NEEDED = ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_COMMAND_USER'] as const;

const signingSecret = z.string().regex(/^[0-9a-fA-F]{32,64}$/, 'must have 32 to 64 hexadecimal digits');
const botToken = z.string().regex(/^xoxb-[A-Za-z0-9-]{10,250}$/, 'must be a bot token, xoxb-…');
const user = z
  .string()
  .regex(
    /^(?:user_[0-9a-v]{26}|[^\s@]{1,64}@[^\s@]{1,190})$/,
    'must be the e-mail address or the id (user_…) of an account',
  );
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((text) => text.replace(/\/{1,9}$/, ''));

/** Undefined where there is no command. Problems are added to the list. Blank settings count as omitted. */
export function readSlackSettings(env: Env, problems: SettingProblem[]): SlackCommandSettings | undefined {
  const read = <T>(setting: string, schema: z.ZodType<T>): T | undefined => {
    const text = env[setting]?.trim() ?? '';
    if (text === '') return undefined;
    const parsed = schema.safeParse(text);
    if (!parsed.success)
      problems.push({ setting, message: parsed.error.issues.map(({ message }) => message).join('; ') });
    return parsed.data;
  };
  const secret = read('SLACK_SIGNING_SECRET', signingSecret);
  const token = read('SLACK_BOT_TOKEN', botToken);
  const account = read('SLACK_COMMAND_USER', user);
  const base = read('SLACK_BASE_URL', baseUrl);
  const isSet = (setting: string) => (env[setting]?.trim() ?? '') !== '';
  const cause = NEEDED.find(isSet);
  if (cause === undefined) return undefined;
  // The link to a finished film is for people elsewhere.
  for (const setting of [...NEEDED, 'PUBLIC_URL'])
    if (!isSet(setting)) problems.push({ setting, message: `must be set with ${cause}` });
  if (secret === undefined || token === undefined || account === undefined) return undefined;
  const apiUrl = base ?? 'https://slack.com';
  return { signingSecret: secret, botToken: token, user: account, apiUrl, hooksUrl: base ?? 'https://hooks.slack.com' };
}
