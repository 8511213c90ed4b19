import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';

export const ROUTING_KEY = 'R0123456789abcdefR0123456789abcd';

/** https://developer.pagerduty.com/docs/send-alert-event */
const shared = { routing_key: z.string().length(32), dedup_key: z.string().min(1).max(255) };
const event = z.discriminatedUnion('event_action', [
  z.strictObject({
    ...shared,
    event_action: z.literal('trigger'),
    client: z.string().optional(),
    payload: z.strictObject({
      summary: z.string().min(1).max(1_024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime().optional(),
      component: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.object({}).optional(),
    }),
  }),
  z.strictObject({ ...shared, event_action: z.enum(['acknowledge', 'resolve']) }),
]);

/** Takes events (https://developer.pagerduty.com/docs/events-api-v2-overview) and keeps the state of each incident by its dedup_key. */
export function pagerDuty(incidents: Map<string, string>): FakeHandler {
  return ({ method, path, json }) => {
    if (method !== 'POST' || path !== '/v2/enqueue') return { status: 404 };
    const { data } = event.safeParse(json());
    if (data?.routing_key !== ROUTING_KEY)
      return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors: [] } };
    const { dedup_key, event_action } = data;
    const isOpen = incidents.has(dedup_key) && incidents.get(dedup_key) !== 'resolve';
    // Without an open incident, what is no trigger is dropped.
    if (event_action === 'trigger' ? !isOpen : isOpen) incidents.set(dedup_key, event_action);
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key } };
  };
}
