import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../monitoring/logger.ts';
import { type QuotaSource, readingOf } from '../../services/quotas/service-quota.service.ts';
import {
  readDueServices,
  readServiceQuotas,
  recordFault,
  recordReading,
  removeOtherServices,
  type ServiceQuotaRow,
} from '../../services/quotas/service-quota-store.ts';

export interface ServiceQuotaCheckParts {
  readonly db: Database;
  readonly sources: readonly QuotaSource[];
  readonly logger: Logger;
}

/** A little less than an hour: the task runs more often, so that a new service is not without a figure for an hour. */
const EVERY_MINUTES = 55;

/** Finds out what the installation has used of each outside service, hourly and after each reset. Alerts judge the figures. */
export class ServiceQuotaChecks {
  readonly #parts: ServiceQuotaCheckParts;

  constructor(parts: ServiceQuotaCheckParts) {
    this.#parts = parts;
  }

  /** A service that does not answer keeps its last figure; it is asked again by the next run. */
  async check(signal: AbortSignal): Promise<void> {
    const { db, sources } = this.#parts;
    const names = sources.map(({ service }) => service);
    await removeOtherServices(db.sql(), names);
    const due = new Set(await readDueServices(db.sql(), names, EVERY_MINUTES));
    const known = new Map((await readServiceQuotas(db.sql())).map((row) => [row.service, row]));
    const checks = sources
      .filter(({ service }) => due.has(service))
      .map((source) => this.#checkOne(source, known.get(source.service), signal));
    await Promise.all(checks);
  }

  async #checkOne(source: QuotaSource, last: ServiceQuotaRow | undefined, signal: AbortSignal): Promise<void> {
    const { db, logger } = this.#parts;
    const { service } = source;
    try {
      const reading = readingOf(await source.read(signal), last);
      await db.transaction((em) => recordReading(em, service, reading));
    } catch (thrown) {
      signal.throwIfAborted();
      const err = AppError.from(thrown);
      const isNew = await recordFault(db.sql(), service, err.code);
      if (isNew) logger.warn({ err, service }, 'the quota of a service could not be read; the last figure is kept');
    }
  }
}
