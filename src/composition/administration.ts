import type { FieldCipher } from '../auth/secrets.ts';
import type { Database } from '../db/database.ts';
import {
  type AdministrationParts,
  AdministrationService,
} from '../services/accounts/administration/administration.service.ts';
import { ApiKeyService } from '../services/accounts/api-keys/api-key.service.ts';
import type { RevocationPublisher } from '../services/accounts/session.service.ts';
import { UserDirectory } from '../services/accounts/user-directory.ts';
import { AuditLogService } from '../services/audit/audit-log.service.ts';

export interface AdministrationServicesParts extends Omit<AdministrationParts, 'db' | 'cipher' | 'notices'> {
  readonly db: Database;
  readonly cipher: FieldCipher;
  readonly notices: RevocationPublisher;
  readonly onSuppressed: (userId: string, count: number) => void;
}

/** What administrators use, and API keys. */
export function administrationOf(parts: AdministrationServicesParts) {
  const { db, cipher, notices, onSuppressed } = parts;
  return {
    administration: new AdministrationService(parts),
    apiKeys: new ApiKeyService(db, notices),
    userDirectory: new UserDirectory(db, cipher),
    auditLog: new AuditLogService(db, { onSuppressed }),
  };
}

/** For commands: nothing is connected, so there is nothing to notify. */
export function administrationOfCommand(db: Database, cipher: FieldCipher) {
  return administrationOf({
    db,
    cipher,
    notices: { revoked: async () => undefined },
    onPlanChanged: () => undefined,
    onVideosDeleted: async () => undefined,
    onSuppressed: () => undefined,
  });
}
