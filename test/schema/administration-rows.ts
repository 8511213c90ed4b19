import type { ApiKeyView } from '../../src/services/accounts/api-keys/api-key.service.ts';
import type { AuditView } from '../../src/services/audit/audit-sql.ts';
import { OTHER_USER, THEN } from './fake-rows.ts';

export const API_KEY = '019a0000-0000-7000-8000-00000000000a';
export const AUDIT_ENTRY = '019a0000-0000-7000-8000-00000000000b';

export function apiKey(): ApiKeyView {
  const times = { createdAt: THEN, lastUsedAt: null, expiresAt: null, revokedAt: null };
  return { id: API_KEY, name: 'uploads', prefix: 'av_0123456789ab', permissions: ['VIDEO_READ'], ...times };
}

export function auditEntry(): AuditView {
  const act = { action: 'role.grant', target: 'user_1', outcome: 'SUCCESS', details: { role: 'ADMIN' } } as const;
  return { seq: 7, id: AUDIT_ENTRY, at: THEN, actorId: OTHER_USER, ipAddress: '192.0.2.7', ...act };
}
