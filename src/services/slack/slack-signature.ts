import { createHmac, timingSafeEqual } from 'node:crypto';

/** The headers and the body of a request, as they came. */
export interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/** A recorded request that is sent again after it is refused. */
const MOST_SECONDS = 300;

/**
 * https://docs.slack.dev/authentication/verifying-requests-from-slack: "v0=" and the HMAC-SHA256 of "v0:", the timestamp, a colon and the
 * body, in hexadecimal digits.
 */
export function isSignedBySlack(
  { timestamp, signature, body }: SignedRequest,
  signingSecret: string,
  now = Date.now(),
): boolean {
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > MOST_SECONDS) return false;
  const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const [own, shown] = [Buffer.from(`v0=${expected}`), Buffer.from(signature)];
  return own.length === shown.length && timingSafeEqual(own, shown);
}
