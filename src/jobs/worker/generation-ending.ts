import { type Em, sqlOf } from '../../db/orm.ts';
import type { AppError } from '../../errors.ts';
import {
  completeOrder,
  endOrder,
  noteFailure,
  readOrdered,
} from '../../services/generations/ordered-generations-sql.ts';
import type { GenerationClaim } from '../queue/lease.ts';
import type { EndingParts, JobEnding } from './job-work.ts';

/** How an attempt at a content that belongs to no video ends. Its answer, or its failure, is stored by then. */
export class GenerationEnding implements JobEnding {
  readonly #id: string;
  readonly #parts: EndingParts;

  constructor({ generationId }: GenerationClaim, parts: EndingParts) {
    this.#id = generationId;
    this.#parts = parts;
  }

  async complete(em: Em): Promise<void> {
    await this.#settle(em, 'used');
    await completeOrder(em, this.#id);
  }

  async planRetry(em: Em, error: AppError): Promise<void> {
    await noteFailure(em, this.#id, error);
  }

  async fail(em: Em, error: AppError): Promise<void> {
    await this.#settle(em, 'released');
    await endOrder(em, this.#id, error);
  }

  publish(): void {
    this.#parts.bus.publishGeneration(this.#id);
  }

  async #settle(em: Em, outcome: 'used' | 'released'): Promise<void> {
    const { userId, order } = await readOrdered(sqlOf(em), this.#id);
    if (userId !== null && order !== null) await this.#parts.quotas.settle(em, userId, order.type, outcome);
  }
}
