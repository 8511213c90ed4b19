import type { AlertNotice, Notification } from '../../../src/services/alerts/notification.ts';

export function notice(changed: Partial<AlertNotice> = {}): AlertNotice {
  return {
    id: 'alert_1',
    rule: 'invalid-api-key',
    priority: 'P0',
    errorCode: 'OPENAI_INVALID_API_KEY',
    service: 'openai',
    message: 'OpenAI does not accept the key.',
    actionRequired: 'Check OPENAI_API_KEY.',
    count: 3,
    raisedAt: '2026-11-30T09:00:12.000Z',
    respondBy: '2026-11-30T09:05:12.000Z',
    ...changed,
  };
}

export function notification(changed: Partial<Notification> = {}): Notification {
  const title = 'OpenAI does not accept the key.';
  return { kind: 'firing', priority: 'P0', title, alerts: [notice()], text: null, ...changed };
}
