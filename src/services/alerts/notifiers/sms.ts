import { z } from 'zod';
import type { Notification, NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier } from '../notifier.ts';
import { shortened } from './plain-text.ts';
import { post } from './post.ts';
import { headlineOf, wordingOf } from './wording.ts';

export interface SmsOptions {
  readonly name: string;
  readonly sid: string;
  readonly token: string;
  readonly from: string;
  readonly to: string;
  readonly baseUrl: string;
  readonly minPriority: NotificationPriority;
}

/** Two parts of 160 characters, or five where it has other letters than those of GSM 03.38. Twilio takes 1,600. */
const MOST = 320;

/**
 * https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource: a form with basic authentication, answered with
 * 201, or with a code such as 21211 (no such number).
 */
export function smsNotifier({ name, sid, token, from, to, baseUrl, minPriority }: SmsOptions): Notifier {
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
  const headers = {
    authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  return {
    name,
    opensIncidents: false,
    takes: ({ kind, priority }) => kind !== 'acknowledged' && isUrgent(priority, minPriority),
    send: async (notification, { signal }) => {
      const body = new URLSearchParams({ To: to, ...sender, Body: textOf(notification) }).toString();
      const url = `${baseUrl}/2010-04-01/Accounts/${sid}/Messages.json`;
      await post({ service: 'Twilio', url, headers, body, signal, reasonOf });
    },
  };
}

/** One line: what is wrong, and what to do about the first of it. */
function textOf(notification: Notification): string {
  const [first] = notification.alerts;
  const action = first === undefined ? null : wordingOf(first, notification).action;
  return shortened(`Auto Video ${headlineOf(notification)}${action === null ? '' : ` > ${action}`}`, MOST);
}

function reasonOf(body: string): string | undefined {
  try {
    const refusal = z.object({ code: z.number() }).safeParse(JSON.parse(body)).data;
    return refusal && `code ${refusal.code}`;
  } catch {
    return undefined;
  }
}
