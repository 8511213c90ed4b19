import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';

export const DISCORD_PATH = '/api/webhooks/223704706495545344/secretOfDiscord';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const message = z.strictObject({
  embeds: z
    .array(
      z.strictObject({
        title: z.string().min(1).max(256),
        description: z.string().min(1).max(4_096).optional(),
        color: z.int().min(0).max(0xffffff),
      }),
    )
    .min(1)
    .max(10),
  allowed_mentions: z.strictObject({ parse: z.array(z.never()) }),
});

/** https://docs.discord.com/developers/resources/webhook#execute-webhook: 204, or with wait=true 200 and the message. */
export const discordWebhook: FakeHandler = ({ method, path, headers, json }) => {
  const [place, query] = path.split('?');
  if (method !== 'POST') return { status: 405, body: { message: '405: Method Not Allowed', code: 0 } };
  if (place !== DISCORD_PATH) return { status: 404, body: { message: 'Unknown Webhook', code: 10_015 } };
  if (headers['content-type'] !== 'application/json' || !message.safeParse(json()).success)
    return { status: 400, body: { message: 'Invalid Form Body', code: 50_035 } };
  return query === 'wait=true' ? { body: { id: '1' } } : { status: 204 };
};
