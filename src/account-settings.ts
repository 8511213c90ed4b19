import { z } from 'zod';
import type { SettingProblem } from './service-settings.ts';

/** Settings of accounts, and of the mail that they need. */
export interface AccountSettings {
  readonly adminEmail: string;
  readonly adminPassword: string | undefined;
  readonly defaultRole: 'USER' | 'CREATOR' | 'PREMIUM';
  /** Where a user begins one more session, the one used longest ago ends. */
  readonly sessionsPerUser: number;
}

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
  return {
    adminEmail: read('ADMIN_EMAIL', z.email()) ?? 'admin@localhost.localdomain',
    adminPassword: read('ADMIN_PASSWORD', password),
    defaultRole: read('DEFAULT_ROLE', z.enum(['USER', 'CREATOR', 'PREMIUM'])) ?? 'CREATOR',
    sessionsPerUser: read('SESSIONS_PER_USER', z.coerce.number().int().min(1).max(1_000)) ?? 50,
  };
}
