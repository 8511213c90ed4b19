import { htmlPage } from '../../mail/mail-texts.ts';
import type { NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier, type SendAlertMail } from '../notifier.ts';
import { headlineOf, textLinesOf, wordingOf } from './wording.ts';

export interface EmailOptions {
  readonly name: string;
  readonly to: readonly string[];
  readonly minPriority: NotificationPriority;
  readonly send: SendAlertMail;
}

/** One mail to all addresses, through the mail server of SMTP_URL. */
export function emailNotifier({ name, to, minPriority, send }: EmailOptions): Notifier {
  return {
    name,
    opensIncidents: false,
    takes: ({ kind, priority }) => kind !== 'acknowledged' && isUrgent(priority, minPriority),
    send: async (notification) => {
      const headline = headlineOf(notification);
      const alerts = notification.alerts.map((alert) => {
        const { message, action, facts } = wordingOf(alert, notification);
        return [message, ...(action === null ? [] : [`To do: ${action}`]), `(${facts})`];
      });
      const text = textLinesOf(notification);
      const paragraphs = [[headline], ...alerts, ...(text.length === 0 ? [] : [text])];
      await send(to, {
        subject: `[Auto Video] ${headline}`,
        text: `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`,
        html: htmlPage(paragraphs),
      });
    },
  };
}
