import { AppError } from '../../errors.ts';
import { decodeEventId } from '../../ids.ts';

/**
 * The cursor after which a stream resumes: the newer of the argument `after` and the Last-Event-ID of an event stream. A browser
 * that reconnects repeats its URL, with the original `after`, and adds the id of the last event that it received; another
 * client may send a newer `after`. Throws CURSOR_INVALID for a Last-Event-ID that is not an event id: to ignore it would skip
 * events silently.
 */
export function resumePoint(after: string | null | undefined, lastEventId: string | undefined): string | undefined {
  if (lastEventId === undefined) return after ?? undefined;
  const last = decodeEventId(lastEventId);
  if (!last)
    throw new AppError('CURSOR_INVALID', 'Last-Event-ID is not the id of an event: leave it out, or give the last id.');
  if (after === null || after === undefined) return lastEventId;
  const given = decodeEventId(after);
  // The function that opens the stream refuses it with the reason.
  if (!given) return after;
  if (given.ownerId !== last.ownerId)
    throw new AppError('CURSOR_INVALID', 'Last-Event-ID and `after` are of different streams: give only one of them.');
  return last.seq > given.seq ? lastEventId : after;
}
