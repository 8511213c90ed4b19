import type { AlertReadings } from './alert-readings.ts';
import type { AlertRule, Causes } from './alert-rule.ts';

export const BACKUP_FAILED: AlertRule = {
  name: 'backup-failed',
  priority: 'P2',
  errorCode: null,
  when: 'the newest backup in BACKUP_DIR failed',
  respondWithinMinutes: 1_440,
  logLevel: 'info',
  actionRequired: 'Run `autovideo backup`, and mend what it says.',
  page: 'backup.md',
  causes: failedBackup,
};

function failedBackup({ backupFailure: failure }: AlertReadings): Causes {
  if (failure === undefined) return undefined;
  return failure === null ? [] : [{ service: 'backups', message: `The newest backup failed: ${failure}` }];
}
