import { type Em, sqlOf } from '../../db/orm.ts';
import { AppError } from '../../errors.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import { endOrder, readOrdered, reopenOrder } from './ordered-generations-sql.ts';

export interface GenerationRunsParts {
  readonly jobs: Pick<JobQueue, 'restartGeneration' | 'cancelGeneration'>;
  readonly quotas: Pick<QuotaService, 'reserve' | 'settle'>;
}

/** Makes contents again whose jobs have failed, and cancels those that wait. */
export class GenerationRuns {
  readonly #parts: GenerationRunsParts;

  constructor(parts: GenerationRunsParts) {
    this.#parts = parts;
  }

  /** In the caller's transaction, with the failed job locked. False where its content is forgotten. Throws QUOTA_EXCEEDED. */
  async restart(em: Em, generationId: string): Promise<boolean> {
    const { jobs, quotas } = this.#parts;
    const { userId, order } = await readOrdered(sqlOf(em), generationId);
    if (userId === null || order === null) return false;
    await quotas.reserve(em, userId, order.type);
    if (!(await jobs.restartGeneration(em, generationId)))
      throw new AppError('INTERNAL_ERROR', `The generation ${generationId} has failed and its job has not.`);
    await reopenOrder(em, generationId);
    return true;
  }

  /** In the caller's transaction, with the waiting job locked: what was reserved is given back. */
  async cancel(em: Em, generationId: string, message: string): Promise<void> {
    const { jobs, quotas } = this.#parts;
    const { userId, order } = await readOrdered(sqlOf(em), generationId);
    if (userId !== null && order !== null) await quotas.settle(em, userId, order.type, 'released');
    if (!(await jobs.cancelGeneration(em, generationId)))
      throw new AppError('INTERNAL_ERROR', `The generation ${generationId} waits and its job does not.`);
    await endOrder(em, generationId, { code: 'CANCELED', message });
  }
}
