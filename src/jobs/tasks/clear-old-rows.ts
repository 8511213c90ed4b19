import type { Database } from '../../db/database.ts';
import { OldRows, type RowArchive } from '../../db/old-rows.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { removeOldAlerts } from '../../services/alerts/alert-store.ts';
import { removeOldDeliveries } from '../../services/alerts/notification-store.ts';
import { removeOldUsage } from '../../services/quotas/service-quota-store.ts';
import { removeOldRefusals } from '../../services/slack/slack-facts-store.ts';
import type { JobStore } from '../queue/job-store.ts';
import {
  removeOldFailures,
  removeOldKeys,
  removeOldMails,
  removeOldNetworks,
  removeOldRegistrations,
  removeOldSessions,
  removeOldTokens,
  removeStaleMachineTasks,
} from './old-rows-sql.ts';
import { pruneEvents } from './prune-events-sql.ts';

/** How long finished records are kept. */
export interface RetentionTimes {
  readonly jobsDays: number;
  /** After a video's end. */
  readonly eventsDays: number;
  /** At least 24. */
  readonly idempotencyHours: number;
  /** After a session's end. */
  readonly sessionsDays: number;
  /** The history of the quotas of outside services. */
  readonly serviceQuotasDays: number;
  /** After they were resolved. */
  readonly alertsDays: number;
}

/** The maximum number of rows that one statement deletes: it then takes milliseconds, and holds few locks. */
const BATCH = 1_000;

export interface OldRowRemovalParts {
  readonly db: Database;
  readonly jobs: Pick<JobStore, 'removeOld'>;
  readonly times: RetentionTimes;
  /** Where rows with a time in `times` are stored before they are deleted; null where they are not. */
  readonly archive: RowArchive | null;
  readonly logger: Logger;
}

/** Deletes rows that are no longer used. */
export class OldRowRemoval {
  readonly #db: Database;
  readonly #jobs: Pick<JobStore, 'removeOld'>;
  readonly #times: RetentionTimes;
  readonly #rows: OldRows;
  readonly #logger: Logger;

  constructor({ db, jobs, times, archive, logger }: OldRowRemovalParts) {
    this.#db = db;
    this.#jobs = jobs;
    this.#times = times;
    this.#rows = new OldRows(db, archive);
    this.#logger = logger;
  }

  /** Returns how many rows of each kind it deleted. */
  async clear(signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
    // First what is never archived: it must go, also where the archive cannot be written.
    const deleted = { ...(await this.#clearForgotten(signal)), ...(await this.#clearKept(signal)) };
    if (Object.values(deleted).some((count) => count > 0)) this.#logger.info(deleted, 'old rows were deleted');
    return deleted;
  }

  /** What is kept only for as long as it is needed: addresses, networks, hashes of passwords and tokens. */
  async #clearForgotten(signal: AbortSignal) {
    return {
      sign_in_failures: await inBatches(() => removeOldFailures(this.#db.sql(), BATCH), signal),
      known_networks: await inBatches(() => removeOldNetworks(this.#db.sql(), BATCH), signal),
      account_tokens: await inBatches(() => removeOldTokens(this.#db.sql(), BATCH), signal),
      registrations: await inBatches(() => removeOldRegistrations(this.#db.sql(), BATCH), signal),
      mails: await inBatches(() => removeOldMails(this.#db.sql(), BATCH), signal),
      alert_deliveries: await inBatches(() => removeOldDeliveries(this.#db.sql(), BATCH), signal),
      slack_refusals: await inBatches(() => removeOldRefusals(this.#db.sql(), BATCH), signal),
      tasks: await inBatches(() => removeStaleMachineTasks(this.#db.sql()), signal),
    };
  }

  /** What is kept for as long as operators have set, and archived where they want it. */
  async #clearKept(signal: AbortSignal) {
    const { jobsDays, eventsDays, idempotencyHours, sessionsDays, serviceQuotasDays, alertsDays } = this.#times;
    const rows = this.#rows;
    return {
      jobs: await inBatches(() => this.#jobs.removeOld(rows, jobsDays, BATCH), signal),
      events: await pruneEvents(rows, eventsDays, signal),
      idempotency_keys: await inBatches(() => removeOldKeys(rows, idempotencyHours, BATCH), signal),
      sessions: await inBatches(() => removeOldSessions(rows, sessionsDays, BATCH), signal),
      service_quotas: await inBatches(() => removeOldUsage(rows, serviceQuotasDays, BATCH), signal),
      alerts: await inBatches(() => removeOldAlerts(rows, alertsDays, BATCH), signal),
    };
  }
}

/** Each batch is a separate transaction; returns the total number of deleted rows. */
async function inBatches(deleteBatch: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let deleted = 0; ; ) {
    signal.throwIfAborted();
    const count = await deleteBatch();
    deleted += count;
    if (count < BATCH) return deleted;
  }
}
