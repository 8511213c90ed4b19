import { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

/** Settings of accounts, and of the mail that they need. */
export interface AccountSettings {
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly defaultRole: 'USER' | 'CREATOR' | 'PREMIUM';
  /** Where a user begins one more session, the one used longest ago ends. */
  readonly sessionsPerUser: number;
  /** The mail server, e.g. smtps://user:password@mail.example.org:465; without one, mails go to the log. */
  readonly smtpUrl: string | undefined;
  /** Set with smtpUrl. */
  readonly mailFrom: string | undefined;
  /** The client app that opens the links of mails, without a trailing slash. */
  readonly appUrl: string | undefined;
}

/** An address, or a name and an address, on one line. */
const mailFrom = z
  .string()
  .max(300)
  .regex(
    /^(?:[^<>\p{Cc}]+ <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/u,
    'must look like Auto Video <video@example.org>',
  );
const password = z.string().min(12, 'must have at least 12 characters').max(200);

/** Problems are added to the list. Blank settings count as omitted. */
export function readAccountSettings(
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingProblem[],
): AccountSettings {
  const read = <T>(setting: string, schema: z.ZodType<T>): T | undefined => {
    const text = env[setting] ?? '';
    if (text.trim() === '') return undefined;
    const parsed = schema.safeParse(text);
    if (!parsed.success)
      problems.push({ setting, message: parsed.error.issues.map(({ message }) => message).join('; ') });
    return parsed.data;
  };
  const mailSettings = {
    smtpUrl: read('SMTP_URL', z.url({ protocol: /^smtps?$/, error: 'must look like smtps://user:password@host:465' })),
    mailFrom: read('MAIL_FROM', mailFrom),
    appUrl: read('APP_URL', z.url({ protocol: /^https?$/ }))?.replace(/\/{1,9}$/, ''),
  };
  if (mailSettings.smtpUrl !== undefined && mailSettings.mailFrom === undefined)
    problems.push({ setting: 'MAIL_FROM', message: 'must be set with SMTP_URL' });
  return {
    adminEmail: read('ADMIN_EMAIL', z.email()) ?? 'admin@localhost.localdomain',
    adminPassword: read('ADMIN_PASSWORD', password),
    defaultRole: read('DEFAULT_ROLE', z.enum(['USER', 'CREATOR', 'PREMIUM'])) ?? 'CREATOR',
    ...mailSettings,
    sessionsPerUser: read('SESSIONS_PER_USER', z.coerce.number().int().min(1).max(1_000)) ?? 50,
  };
}
