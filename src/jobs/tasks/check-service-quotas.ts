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

const EVERY_MINUTES = 60;
/** Runs are not exactly as far apart as the task says. It runs more often than hourly, so that a new service soon has a figure. */
const EARLIER_MINUTES = 5;

/** Finds out what the installation has used of each outside service, as often as its source says and after each reset. Alerts judge the figures. */
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
    const due = await this.#dueServices();
    const known = new Map((await readServiceQuotas(db.sql())).map((row) => [row.service, row]));
    const checks = sources
      .filter(({ service }) => due.has(service))
      .map((source) => this.#checkOne(source, known.get(source.service), signal));
    await Promise.all(checks);
  }

  async #dueServices(): Promise<ReadonlySet<string>> {
    const { db, sources } = this.#parts;
    const due = new Set<string>();
    for (const [every, group] of Map.groupBy(sources, ({ everyMinutes = EVERY_MINUTES }) => everyMinutes)) {
      const names = group.map(({ service }) => service);
      for (const name of await readDueServices(db.sql(), names, every - EARLIER_MINUTES)) due.add(name);
    }
    return due;
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
