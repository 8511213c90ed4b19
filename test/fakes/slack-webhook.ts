import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';

export const SLACK_PATH = '/services/T0001/B0001/secretOfSlack';

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object; & < > have to be escaped. */
const escaped = z.string().regex(/^(?:[^<>&]|&(?:amp|lt|gt);)+$/);
const plain = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: escaped.max(most), emoji: z.literal(false) });
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: plain(3_000) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plain(3_000)).min(1).max(10) }),
]);
const message = z.strictObject({
  text: escaped.max(40_000),
  mrkdwn: z.literal(false),
  blocks: z.array(block).min(1).max(50),
});

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: what it would refuse is "invalid_payload" with 400. */
export const slackWebhook: FakeHandler = ({ method, path, headers, json }) => {
  if (method !== 'POST') return { status: 405, body: 'invalid_method' };
  if (path !== SLACK_PATH) return { status: 404, body: 'no_service' };
  if (!headers['content-type']?.startsWith('application/json')) return { status: 400, body: 'invalid_payload' };
  return message.safeParse(json()).success ? { body: 'ok' } : { status: 400, body: 'invalid_payload' };
};
