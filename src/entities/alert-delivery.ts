import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A notification that a notifier has still to send; deleted once the service has it. */
export const AlertDelivery = defineEntity({
  name: 'AlertDelivery',
  tableName: 'alert_deliveries',
  properties: {
    /** A notifier sends its rows in this order. */
    id: p.bigint('number').primary().autoincrement(),
    /** The same in the rows of all notifiers. */
    notificationId: p.uuid(),
    /** Empty until the row is replaced by one for each notifier. */
    notifier: p.string().length(40).default(''),
    /** The level of escalation. */
    recipients: p.string().length(10),
    /** No secret and nothing of users. */
    notification: p.json(),
    attempts: p.integer().default(0),
    /** Until then a process is sending it, or it waits for its next attempt. */
    nextAt: p.datetime(3).defaultRaw('now()'),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});
export type AlertDelivery = InferEntity<typeof AlertDelivery>;
