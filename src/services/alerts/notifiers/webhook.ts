import { createHmac } from 'node:crypto';
import type { NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier } from '../notifier.ts';
import { post } from './post.ts';

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly minPriority: NotificationPriority;
}

/**
 * A notification as JSON, signed as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says: by
 * HMAC-SHA256 over id, time and body, so that a receiver can detect forged, changed, old and repeated requests.
 */
export function webhookNotifier({ name, url, secret, minPriority }: WebhookOptions): Notifier {
  return {
    name,
    opensIncidents: false,
    takes: ({ priority }) => isUrgent(priority, minPriority),
    send: async (notification, { id, signal }) => {
      const messageId = `msg_${id}`;
      const seconds = String(Math.floor(Date.now() / 1_000));
      const body = JSON.stringify({ type: `alert.${notification.kind}`, data: notification });
      const headers = {
        'content-type': 'application/json',
        'webhook-id': messageId,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${createHmac('sha256', secret).update(`${messageId}.${seconds}.${body}`).digest('base64')}`,
      };
      await post({ service: 'The webhook', url, headers, body, signal });
    },
  };
}
