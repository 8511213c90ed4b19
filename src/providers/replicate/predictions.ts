import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { ServiceClient } from '../http/service-client.ts';
import type { ModelInput } from './model-input.ts';

/** https://replicate.com/docs/reference/http#predictions.get. */
const prediction = z.looseObject({
  id: z.string().regex(/^[a-zA-Z0-9]{1,100}$/),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  output: z.unknown().optional(),
  error: z.string().nullish().catch(undefined),
  metrics: z
    .looseObject({ predict_time: z.number().nonnegative().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
export type Prediction = z.infer<typeof prediction>;

const model = z.looseObject({
  is_official: z.boolean().optional(),
  latest_version: z.looseObject({ id: z.string(), openapi_schema: z.unknown().optional() }).nullish(),
});
const version = z.looseObject({ openapi_schema: z.unknown().optional() });

/** A model by the name in the settings: "owner/name", or "owner/name:version". */
export interface ModelName {
  readonly owner: string;
  readonly name: string;
  readonly version?: string | undefined;
}

export interface ModelDescription {
  /** What a prediction names as its version. */
  readonly version: string;
  /** The input in OpenAPI, where the model describes it. */
  readonly input: unknown;
}

/** Waits; rejects when the signal aborts. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const CANCEL_MS = 2_000;

/** Predictions of Replicate: what any model makes, started by one request and fetched by others. */
export class Predictions {
  readonly #client: ServiceClient;
  readonly #pause: Pause;

  constructor(client: ServiceClient, pause: Pause = (ms, signal) => delay(ms, undefined, { signal })) {
    this.#client = client;
    this.#pause = pause;
  }

  /** What the model takes. Costs nothing, so that an answer which is missing is no loss. */
  async describe({ owner, name, version: wanted }: ModelName, signal: AbortSignal): Promise<ModelDescription> {
    const path = `/models/${owner}/${name}`;
    try {
      if (wanted !== undefined) {
        const request = { method: 'GET', path: `${path}/versions/${wanted}`, signal } as const;
        return { version: wanted, input: (await this.#client.json(request, version)).openapi_schema };
      }
      const found = await this.#client.json({ method: 'GET', path, signal }, model);
      const { id, openapi_schema: input } = found.latest_version ?? {};
      // Only official models can be named without a version.
      return { version: id === undefined || found.is_official === true ? `${owner}/${name}` : id, input };
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'REPLICATE_TIMEOUT' || signal.aborted) throw thrown;
      throw new AppError('REPLICATE_API_ERROR', thrown.message, { cause: thrown.cause, retriable: true });
    }
  }

  async create(version: string, input: ModelInput, signal: AbortSignal): Promise<Prediction> {
    return await this.#client.json(
      { method: 'POST', path: '/predictions', body: { version, input }, signal },
      prediction,
    );
  }

  /** The prediction once it has ended. What it was when it was created is known, or undefined. */
  async ended(id: string, known: Prediction | undefined, signal: AbortSignal): Promise<Prediction> {
    let state = known;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5)) {
      if (state !== undefined && !['starting', 'processing'].includes(state.status)) return state;
      if (pause > FIRST_PAUSE_MS || state !== undefined) await this.#pause(pause, signal);
      state = await this.#now(id, state, signal);
    }
  }

  /** Its state; the earlier one where Replicate cannot say at the moment: the prediction goes on meanwhile. */
  async #now(id: string, earlier: Prediction | undefined, signal: AbortSignal): Promise<Prediction | undefined> {
    const path = `/predictions/${encodeURIComponent(id)}`;
    try {
      return await this.#client.json({ method: 'GET', path, signal }, prediction);
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof AppError && thrown.retriable)) throw thrown;
      return earlier;
    }
  }

  /** Ends a prediction that is not wanted any more, if Replicate can be reached: otherwise it ends by itself. */
  async cancel(id: string): Promise<void> {
    const path = `/predictions/${encodeURIComponent(id)}/cancel`;
    const signal = AbortSignal.timeout(CANCEL_MS);
    await this.#client.send({ method: 'POST', path, signal }).catch(() => undefined);
  }
}
