import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

export interface WorkProgress {
  /** Videos in progress. */
  readonly left: number;
  /** Differs from the last one after any progress: an event, a claim, a failed attempt, or a retry that became due. */
  readonly mark: string;
}

/** Progress of the work. Repeated notifications do not count, and neither do heartbeats: both continue without work. */
export async function workProgress(db: Database): Promise<WorkProgress> {
  const { rows } = await sql<WorkProgress>`
    select (select count(*)::int from videos where status in ('PENDING', 'PROCESSING')) as left,
      concat_ws(' ', (select sum(last_seq) from event_cursors), sum(fence), sum(failures),
        count(*) filter (where status = 'WAITING' and available_at > now())) as mark
    from jobs`.execute(db.sql());
  const [found] = rows;
  if (!found) throw new TypeError('An aggregate gives a row.');
  return found;
}

/** Detects that nothing has changed for some time. */
export class StallDetector {
  readonly #seconds: number;
  readonly #now: () => number;
  #mark: string | undefined;
  #since = 0;

  /** `now` in seconds. */
  constructor(seconds: number, now: () => number) {
    this.#seconds = seconds;
    this.#now = now;
  }

  /** Whether the mark has been the same for this long. */
  isStalled(mark: string): boolean {
    if (mark !== this.#mark) {
      this.#mark = mark;
      this.#since = this.#now();
    }
    return this.#now() - this.#since >= this.#seconds;
  }
}
