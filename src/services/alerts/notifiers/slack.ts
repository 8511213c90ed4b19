import type { AlertNotice, Notification, NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier } from '../notifier.ts';
import { escapedWithin } from './plain-text.ts';
import { post } from './post.ts';
import { headlineOf, textLinesOf, wordingOf } from './wording.ts';

export interface SlackOptions {
  readonly name: string;
  readonly url: string;
  readonly minPriority: NotificationPriority;
}

/** https://docs.slack.dev/reference/block-kit/blocks/header-block, …/section-block, …/context-block: the longest texts. */
const HEADER = 150;
const SECTION = 3_000;
/** A message has at most 50 blocks; an alert takes two. */
const MOST_ALERTS = 20;

/**
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: JSON, answered with "ok", or with an error code such as
 * invalid_payload.
 */
export function slackNotifier({ name, url, minPriority }: SlackOptions): Notifier {
  return {
    name,
    opensIncidents: false,
    takes: ({ priority }) => isUrgent(priority, minPriority),
    send: async (notification, { signal }) => {
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const body = JSON.stringify(messageOf(notification));
      const reasonOf = (answer: string) => /^[a-z_]{1,60}$/.exec(answer.trim())?.[0];
      await post({ service: 'Slack', url, headers, body, signal, reasonOf });
    },
  };
}

function messageOf(notification: Notification): object {
  const { alerts } = notification;
  const headline = headlineOf(notification);
  const rest = alerts.length - MOST_ALERTS;
  const lines = textLinesOf(notification).join('\n');
  return {
    // What a phone shows of it. Without mrkdwn, * and _ are no markup.
    text: escaped(headline, SECTION),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(headline, HEADER) },
      ...alerts.slice(0, MOST_ALERTS).flatMap((alert) => blocksOf(alert, notification)),
      ...(rest > 0 ? [section(`and ${rest} more`)] : []),
      ...(lines === '' ? [] : [section(lines)]),
    ],
  };
}

function blocksOf(alert: AlertNotice, notification: Notification): object[] {
  const { message, action, facts } = wordingOf(alert, notification);
  return [
    section(action === null ? message : `${message}\n→ ${action}`),
    { type: 'context', elements: [plain(facts, SECTION)] },
  ];
}

function section(text: string): object {
  return { type: 'section', text: plain(text, SECTION) };
}

/** Slack reads no markup, no mention and no :emoji: in it; it refuses an empty one. */
function plain(text: string, most: number): object {
  return { type: 'plain_text', text: escaped(text, most) || '–', emoji: false };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** https://docs.slack.dev/messaging/formatting-message-text#escaping: <!channel> and links begin with <. */
function escaped(text: string, most: number): string {
  return escapedWithin(text, most, (character) => ENTITIES[character] ?? character);
}
