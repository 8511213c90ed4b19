import { expect } from 'vitest';
import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';

const PARTS = 3;
const id = z.string().regex(/^[\da-f]{32}$/);
const frame = z.strictObject({
  function: z.string(),
  filename: z.string().min(1),
  lineno: z.int(),
  colno: z.int(),
  in_app: z.boolean(),
});

/** https://develop.sentry.dev/sdk/foundations/transport/event-payloads/ */
const event = z.strictObject({
  event_id: id,
  timestamp: z.iso.datetime(),
  platform: z.literal('node'),
  level: z.enum(['error', 'fatal']),
  logger: z.string(),
  environment: z.string(),
  release: z.string(),
  message: z.strictObject({ formatted: z.string() }).optional(),
  exception: z
    .strictObject({
      values: z.array(
        z.strictObject({ type: z.string(), value: z.string(), stacktrace: z.strictObject({ frames: z.array(frame) }) }),
      ),
    })
    .optional(),
  tags: z.strictObject({ trace_id: id }).optional(),
  extra: z.looseObject({}),
});
export type SentryEvent = z.infer<typeof event>;

/** Takes the envelopes of project 42 with the public key `abc123`. */
export function sentry(events: SentryEvent[]): FakeHandler {
  return (request) => {
    expect(request).toMatchObject({ method: 'POST', path: '/api/42/envelope/' });
    expect(request.headers['content-type']).toBe('application/x-sentry-envelope');
    expect(request.headers['x-sentry-auth']).toMatch(/^Sentry sentry_version=7, sentry_key=abc123, sentry_client=\S+$/);
    const parts = request.body.toString().split('\n');
    expect(parts).toHaveLength(PARTS);
    const [head, item, payload] = parts.map((part): unknown => JSON.parse(part));
    const { event_id } = z.strictObject({ event_id: id, sent_at: z.iso.datetime() }).parse(head);
    expect(item).toEqual({ type: 'event' });
    const got = event.parse(payload);
    expect(got.event_id).toBe(event_id);
    events.push(got);
    return { body: { id: event_id } };
  };
}
