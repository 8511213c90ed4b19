import { AppError } from '../../errors.ts';
import { decodeEventId } from '../../ids.ts';

/**
 * The cursor after which a stream goes on: the newer of the argument `after` and the Last-Event-ID of an event stream. A browser
 * that connects again repeats its address, with the `after` of the beginning, and adds the id of the last event it got; a
 * program may know more than that. Throws CURSOR_INVALID for a Last-Event-ID that is no event id: to ignore it would skip
 * events without a word.
 */
export function resumePoint(after: string | null | undefined, lastEventId: string | undefined): string | undefined {
  if (lastEventId === undefined) return after ?? undefined;
  const last = decodeEventId(lastEventId);
  if (!last)
    throw new AppError('CURSOR_INVALID', 'Last-Event-ID is not the id of an event: leave it out, or give the last id.');
  if (after === null || after === undefined) return lastEventId;
  const given = decodeEventId(after);
  // The function that opens the stream refuses it, and says why.
  if (!given) return after;
  if (given.ownerId !== last.ownerId)
    throw new AppError('CURSOR_INVALID', 'Last-Event-ID and `after` are of different streams: give only one of them.');
  return last.seq > given.seq ? lastEventId : after;
}
