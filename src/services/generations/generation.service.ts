import { randomUUIDv7 } from 'node:crypto';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import type { ContentOrder } from '../../entities/ai-generation.ts';
import type { TraceIds } from '../../trace-ids.ts';
import { type IdempotentRequest, runOnce } from '../idempotency.ts';
import type { JobQueue } from '../queues/job-queue.ts';
import type { QuotaService } from '../quotas/quota.service.ts';
import { UserFaultError } from '../user-fault.ts';
import type { LanguageFinder } from '../videos/spoken-language.ts';
import {
  type ContentAbilities,
  type ImageInput,
  imageOrder,
  type SpeechInput,
  speechOrder,
  type TextInput,
  textOrder,
} from './content-input.ts';
import type { GenerationFeed } from './generation-feed.ts';
import type { GenerationView } from './generation-reads-sql.ts';
import type { DirectRequest } from './generation-store.ts';
import { insertOrder, isOrdered } from './ordered-generations-sql.ts';

export interface GenerationServiceParts {
  readonly db: Database;
  readonly jobs: Pick<JobQueue, 'enqueueGeneration'>;
  readonly quotas: Pick<QuotaService, 'reserve'>;
  readonly feed: Pick<GenerationFeed, 'ended'>;
  /** Those of the installation, and of the user's own keys. */
  abilitiesOf(userId: string): Promise<ContentAbilities>;
  readonly finder: LanguageFinder;
  /** Called after a commit that left work in the outbox, so that it is sent at once. */
  readonly onWork: () => void;
  /** How long a request waits for its content. */
  readonly waitMs: number;
}

type ContentRequest = Pick<IdempotentRequest, 'operation' | 'key' | 'input'> & { readonly trace: TraceIds | undefined };

/** The longest part of a prompt that its record shows, in UTF-16 units. */
const MOST_SHOWN = 2_000;

/**
 * Contents that users order without a video. Each method accepts the order completely or not at all, waits for some time, and returns
 * what there is then: PENDING while it is being made, which goes on whether or not the caller waits. The same key and input return the
 * same generation again. Each throws UserFaultError with every fault at once, also for QUOTA_EXCEEDED and IDEMPOTENCY_MISMATCH.
 */
export class GenerationService {
  readonly #parts: GenerationServiceParts;

  constructor(parts: GenerationServiceParts) {
    this.#parts = parts;
  }

  async generateText(viewer: Viewer, input: TextInput, key?: string | null, trace?: TraceIds): Promise<GenerationView> {
    const abilities = await this.#parts.abilitiesOf(viewer.userId);
    const orderOf = () => textOrder(input, abilities);
    return await this.#make(viewer, orderOf, { operation: 'generateText', key, input, trace });
  }

  async generateImage(
    viewer: Viewer,
    input: ImageInput,
    key?: string | null,
    trace?: TraceIds,
  ): Promise<GenerationView> {
    const abilities = await this.#parts.abilitiesOf(viewer.userId);
    const orderOf = () => imageOrder(input, abilities, this.#parts.finder);
    return await this.#make(viewer, orderOf, { operation: 'generateImage', key, input, trace });
  }

  async generateSpeech(
    viewer: Viewer,
    input: SpeechInput,
    key?: string | null,
    trace?: TraceIds,
  ): Promise<GenerationView> {
    const abilities = await this.#parts.abilitiesOf(viewer.userId);
    const orderOf = () => speechOrder(input, abilities);
    return await this.#make(viewer, orderOf, { operation: 'generateSpeech', key, input, trace });
  }

  async #make(viewer: Viewer, orderOf: () => ContentOrder, request: ContentRequest): Promise<GenerationView> {
    const { feed, waitMs, onWork } = this.#parts;
    const id = await this.#accept(viewer.userId, orderOf, request);
    onWork();
    const generation = await feed.ended(viewer, id, waitMs);
    if (generation) return generation;
    const message = 'The generation of this key is no longer there.';
    throw new UserFaultError({ code: 'NOT_FOUND', message, field: ['idempotencyKey'] });
  }

  /** The id of the new generation, or of the one that an earlier request with the key has ordered. */
  async #accept(userId: string, orderOf: () => ContentOrder, request: ContentRequest): Promise<string> {
    const { db, jobs, quotas } = this.#parts;
    const { trace, ...keyed } = request;
    const id = randomUUIDv7();
    return await db.repeatableTransaction(async (em, attempt) => {
      if (attempt > 1 && (await isOrdered(em, id))) return id;
      // The key comes first, because its insert waits for another request with it that is still in progress.
      const outcome = await runOnce(em, { ...keyed, userId, subjectId: id }, async () => {
        // Checked only here: a request that is repeated is answered although the providers have changed since.
        const order = orderOf();
        await quotas.reserve(em, userId, order.type);
        await insertOrder(em, { id, userId, order }, shownOf(order));
        await jobs.enqueueGeneration(em, id, trace);
      });
      return outcome.isFirst ? id : outcome.subjectId;
    });
  }
}

type Shown = Pick<DirectRequest, 'prompt' | 'parameters'>;

/** What users see of an order. */
function shownOf(order: ContentOrder): Shown {
  if (order.type === 'AUDIO') {
    const { type: _, text, ...parameters } = order;
    return { prompt: shown(text), parameters };
  }
  const { type: _, prompt, ...parameters } = order;
  return { prompt: shown(prompt), parameters };
}

/** Ends before a half of a surrogate pair. */
function shown(text: string): string {
  return text.slice(0, MOST_SHOWN).toWellFormed();
}
