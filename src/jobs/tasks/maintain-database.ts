import type { Logger } from '../../monitoring/logger.ts';
import type { DatabaseMaintenance } from '../../services/database/database-maintenance.ts';

/** Vacuums the tables whose dead rows ask for it. Autovacuum waits for twice as many, and with a busy server may never come to them. */
export async function maintainDatabase(
  maintenance: Pick<DatabaseMaintenance, 'runNightly'>,
  logger: Pick<Logger, 'info'>,
  signal: AbortSignal,
): Promise<void> {
  const tables = await maintenance.runNightly(signal);
  if (tables.length > 0) logger.info({ tables }, 'dead rows were removed');
}
