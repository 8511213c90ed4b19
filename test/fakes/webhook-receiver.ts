import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FakeHandler } from './fake-service.ts';

export const WEBHOOK_SECRET = Buffer.alloc(32, 5).toString('base64');

/** Checks a request as docs/operations/notifications.md asks receivers to. */
export const webhookReceiver: FakeHandler = ({ method, headers, body }) => {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = headers;
  const age = Math.abs(Date.now() / 1_000 - Number(time));
  const expected = createHmac('sha256', Buffer.from(WEBHOOK_SECRET, 'base64'))
    .update(`${id}.${time}.${body.toString('utf8')}`)
    .digest();
  const isSigned = signatures.split(' ').some((one) => {
    const [version, value = ''] = one.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  return { status: method === 'POST' && isSigned && age < 300 ? 204 : 401 };
};
