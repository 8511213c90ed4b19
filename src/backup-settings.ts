import { join, resolve } from 'node:path';
import { z } from 'zod';
import { blankAsMissing, wholeNumber } from './setting-values.ts';

/** Patterns of croner, at times at which little happens elsewhere (UTC). */
const PATTERNS = {
  '1h': '37 * * * *',
  '6h': '37 2/6 * * *',
  '12h': '37 2/12 * * *',
  '24h': '37 2 * * *',
  '7d': '37 2 * * 0',
} as const;

export const backupSettings = {
  BACKUP_EVERY: blankAsMissing(z.enum(['1h', '6h', '12h', '24h', '7d']).optional()),
  BACKUP_DIR: blankAsMissing(z.string().optional()),
  BACKUP_KEEP: blankAsMissing(wholeNumber(1, 1_000).default(7)),
};

export interface BackupSettings {
  /** When one is taken by itself: a pattern of croner; null for never. */
  readonly schedule: string | null;
  /** Absolute. */
  readonly dir: string;
  /** How many stay there. */
  readonly keep: number;
}

export function backupsOf(settings: z.infer<z.ZodObject<typeof backupSettings>>, dataDir: string): BackupSettings {
  const { BACKUP_EVERY: every, BACKUP_DIR: dir, BACKUP_KEEP: keep } = settings;
  return Object.freeze({
    schedule: every === undefined ? null : PATTERNS[every],
    dir: dir === undefined ? join(dataDir, 'backups') : resolve(dir),
    keep,
  });
}
