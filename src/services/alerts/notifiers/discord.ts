import { z } from 'zod';
import type { AlertNotice, Notification, NotificationPriority } from '../notification.ts';
import { isUrgent, type Notifier } from '../notifier.ts';
import { escapedWithin } from './plain-text.ts';
import { post } from './post.ts';
import { headlineOf, textLinesOf, wordingOf } from './wording.ts';

export interface DiscordOptions {
  readonly name: string;
  readonly url: string;
  readonly minPriority: NotificationPriority;
}

/** https://docs.discord.com/developers/resources/message#embed-object: the longest texts; all of a message has at most 6,000 characters. */
const TITLE = 256;
const DESCRIPTION = 4_096;
const MOST_ALERTS = 20;

const COLORS = { P0: 0xd1242f, P1: 0xe16f24, P2: 0x0969da, resolved: 0x1a7f37 } as const;

/**
 * https://docs.discord.com/developers/resources/webhook#execute-webhook: one embed. With `wait`, the answer says whether the message was
 * stored (200 with the message, and 204 without `wait`). 429 has the seconds to wait in Retry-After and as retry_after.
 */
export function discordNotifier({ name, url, minPriority }: DiscordOptions): Notifier {
  const waiting = new URL(url);
  waiting.searchParams.set('wait', 'true');
  return {
    name,
    opensIncidents: false,
    takes: ({ priority }) => isUrgent(priority, minPriority),
    send: async (notification, { signal }) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(messageOf(notification));
      await post({ service: 'Discord', url: waiting.href, headers, body, signal, reasonOf, waitOf });
    },
  };
}

function messageOf(notification: Notification): object {
  const { kind, priority } = notification;
  const description = descriptionOf(notification);
  return {
    embeds: [
      {
        title: escaped(headlineOf(notification), TITLE),
        ...(description === '' ? {} : { description }),
        color: kind === 'resolved' ? COLORS.resolved : COLORS[priority],
      },
    ],
    // No text is a mention: not of @everyone, of a user or of a role.
    allowed_mentions: { parse: [] },
  };
}

/** As many whole alerts as there is room for. */
function descriptionOf(notification: Notification): string {
  const paragraphs: string[] = [];
  const room = () => DESCRIPTION - paragraphs.join('\n\n').length - 100;
  for (const alert of notification.alerts.slice(0, MOST_ALERTS)) {
    const paragraph = paragraphOf(alert, notification);
    if (paragraph.length > room()) break;
    paragraphs.push(paragraph);
  }
  const rest = notification.alerts.length - paragraphs.length;
  if (rest > 0) paragraphs.push(`and ${rest} more`);
  const lines = textLinesOf(notification).join('\n');
  return [...paragraphs, ...(lines === '' ? [] : [escaped(lines, room())])].join('\n\n');
}

/** At most some 2,500 characters: a notification always shows its first alert. */
function paragraphOf(alert: AlertNotice, notification: Notification): string {
  const { message, action, facts } = wordingOf(alert, notification);
  const lines = [
    `**${escaped(message, 1_000)}**`,
    ...(action === null ? [] : [escaped(action, 1_000)]),
    escaped(facts, 500),
  ];
  return lines.join('\n');
}

/** Markup, links and mentions of Discord's Markdown (https://docs.discord.com/developers/reference#message-formatting). */
const MARKUP = new Set('\\*_~`|>#[]()<@');

function escaped(text: string, most: number): string {
  return escapedWithin(text, most, (character) => (MARKUP.has(character) ? `\\${character}` : character));
}

const refusal = z.object({ code: z.number().optional(), retry_after: z.number().nonnegative().optional() });

function parsed(body: string): z.infer<typeof refusal> | undefined {
  try {
    return refusal.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function reasonOf(body: string): string | undefined {
  const code = parsed(body)?.code;
  return code === undefined ? undefined : `code ${code}`;
}

function waitOf(body: string): number | undefined {
  const seconds = parsed(body)?.retry_after;
  return seconds === undefined ? undefined : Math.ceil(seconds);
}
