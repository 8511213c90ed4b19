import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { z } from 'zod';
import type { AlertPriority } from './enums.ts';
import { JsonColumn } from './json-column.ts';
import { User } from './user.ts';

/** Plain values by their names; no secret and no content of users. */
export const alertDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type AlertDetails = Readonly<z.infer<typeof alertDetails>>;

/** Something that an operator has to know: one open row for each rule and service. */
export const Alert = defineEntity({
  name: 'Alert',
  tableName: 'alerts',
  properties: {
    id: p.uuid().primary(),
    rule: p.string().length(60),
    /** A provider, or a part of the installation. */
    service: p.string().length(60),
    priority: p.string().length(2).$type<AlertPriority>(),
    errorCode: p.string().length(80).nullable(),
    message: p.text(),
    actionRequired: p.text(),
    details: p.json<AlertDetails>().type(new JsonColumn(alertDetails)),
    /** The rounds in which its cause was seen. */
    count: p.integer(),
    raisedAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    respondBy: p.datetime(3),
    /** Since when its cause is gone, before it is resolved. */
    goodSince: p.datetime(3).nullable(),
    resolvedAt: p.datetime(3).nullable(),
    acknowledgedAt: p.datetime(3).nullable(),
    acknowledgedBy: () => p.manyToOne(User).mapToPk().fieldName('acknowledged_by').deleteRule('set null').nullable(),
    /** When recipients were last notified that it is open, and that it is resolved. */
    notifiedAt: p.datetime(3).nullable(),
    endNotifiedAt: p.datetime(3).nullable(),
    /** How often it was escalated. */
    level: p.integer().default(0),
  },
});
export type Alert = InferEntity<typeof Alert>;

/** When a round of the alerts was last begun, or a digest last sent. */
export const AlertRound = defineEntity({
  name: 'AlertRound',
  tableName: 'alert_rounds',
  properties: {
    name: p.string().length(20).primary(),
    at: p.datetime(3),
  },
});
export type AlertRound = InferEntity<typeof AlertRound>;
