import type { BackupService } from '../../services/backups/backup.service.ts';
import { UserFaultError } from '../../services/user-fault.ts';

/** Takes the regular backup. */
export class ScheduledBackups {
  readonly #backups: Pick<BackupService, 'take'>;

  constructor(backups: Pick<BackupService, 'take'>) {
    this.#backups = backups;
  }

  /** Returns whether it took one: another one may be running, which is as good. */
  async take(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#backups.take(null, { kind: 'REGULAR', signal });
      return true;
    } catch (thrown) {
      if (thrown instanceof UserFaultError) return false;
      throw thrown;
    }
  }
}
