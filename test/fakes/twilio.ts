import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';

export const TWILIO_SID = `AC${'0123456789abcdef'.repeat(2)}`;
export const TWILIO_TOKEN = 'secretOfTwilio';

const phone = z.string().regex(/^\+[1-9]\d{6,14}$/);
const form = z.union([
  z.strictObject({ To: phone, From: z.string().min(1), Body: z.string().min(1).max(1_600) }),
  z.strictObject({
    To: phone,
    MessagingServiceSid: z.string().regex(/^MG[0-9a-f]{32}$/),
    Body: z.string().min(1).max(1_600),
  }),
]);

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export const twilio: FakeHandler = ({ method, path, headers, body }) => {
  const expected = `Basic ${Buffer.from(`${TWILIO_SID}:${TWILIO_TOKEN}`).toString('base64')}`;
  if (headers['authorization'] !== expected) return refused(401, 20_003, 'Authenticate');
  if (method !== 'POST' || path !== `/2010-04-01/Accounts/${TWILIO_SID}/Messages.json`)
    return refused(404, 20_404, 'The requested resource was not found');
  if (headers['content-type'] !== 'application/x-www-form-urlencoded')
    return refused(400, 21_604, "A 'To' is required");
  const { data } = form.safeParse(Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
  if (data === undefined) return refused(400, 21_211, "Invalid 'To' Phone Number");
  return { status: 201, body: { sid: `SM${'0'.repeat(32)}`, status: 'queued', error_code: null } };
};

function refused(status: number, code: number, message: string) {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
