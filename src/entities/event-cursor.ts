import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** An owner's newest event number. Its row lock makes commit order cursor order. */
export const EventCursor = defineEntity({
  name: 'EventCursor',
  tableName: 'event_cursors',
  properties: {
    ownerId: p.uuid().primary(),
    lastSeq: p.bigint('number').default(0),
    /** Events up to here may have been removed: an older cursor has expired. */
    prunedThrough: p.bigint('number').default(0),
  },
});
export type EventCursor = InferEntity<typeof EventCursor>;
