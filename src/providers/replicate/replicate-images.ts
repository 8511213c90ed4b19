import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { download, type Resolve } from '../http/download.ts';
import { ServiceClient } from '../http/service-client.ts';
import { withinTimeLimit } from '../http/time-limit.ts';
import { type CheckPicture, checkedPicture, rejectedPicture, unusablePicture } from '../pictures/checked-picture.ts';
import { type PictureRequest, pictureInput } from '../pictures/picture-request.ts';
import type { Picture } from '../ports.ts';
import { type CallContext, type ContentProvider, UnusableAnswer, type Usage } from '../provider.ts';
import { modelInput } from './model-input.ts';
import { type ModelName, type Pause, type Prediction, Predictions } from './predictions.ts';

const DEFAULT_MODEL = 'black-forest-labs/flux-schnell';
const BASE_URL = 'https://api.replicate.com/v1';
const MOST_BYTES = 32 * 1024 * 1024;

export interface ReplicatePorts {
  readonly check: CheckPicture;
  /** For tests. */
  readonly resolve?: Resolve;
  readonly pause?: Pause;
}

/**
 * Pictures by any model of Replicate that makes one from a prompt. A call starts a prediction and asks until it has ended; a call
 * that was interrupted is continued with the prediction's id. Throws CONFIG_INVALID for a name that cannot be a model's.
 */
export function replicateImages(
  settings: ServiceSettings,
  ports: ReplicatePorts,
): ContentProvider<PictureRequest, Picture> {
  const { service, name, priority, concurrency, timeoutMs, baseUrl = BASE_URL } = settings;
  const model = modelNamed(settings.models.IMAGE ?? DEFAULT_MODEL);
  const modelName = `${model.owner}/${model.name}`;
  const headers = { authorization: `Bearer ${settings.apiKey ?? ''}` };
  const predictions = new Predictions(new ServiceClient({ service, timeoutMs, baseUrl, headers }), ports.pause);

  const start = async (request: PictureRequest, context: CallContext, signal: AbortSignal): Promise<Prediction> => {
    const { version, input } = await predictions.describe(model, signal);
    const created = await predictions.create(version, modelInput(input, request), signal);
    try {
      await context.onStarted(created.id);
    } catch (thrown) {
      // Nothing would ever fetch its result.
      await predictions.cancel(created.id);
      throw thrown;
    }
    return created;
  };

  const call = async (request: PictureRequest, context: CallContext, signal: AbortSignal) => {
    const created = context.startedId === undefined ? await start(request, context, signal) : undefined;
    const id = created?.id ?? context.startedId ?? '';
    const ended = await predictions.ended(id, created, signal).catch(async (thrown: unknown) => {
      if (context.signal.aborted && !goesOnLater(context.signal)) await predictions.cancel(id);
      throw thrown;
    });
    const usage = usageOf(ended);
    const link = linkIn(ended, modelName);
    const options = {
      baseUrl,
      maxBytes: MOST_BYTES,
      timeoutMs,
      signal,
      ...(ports.resolve ? { resolve: ports.resolve } : {}),
    };
    const bytes = await download({ url: link, ...options }).catch((thrown: unknown) => {
      throw afterPayment(thrown, new UnusableAnswer(modelName, usage, 'The picture cannot be downloaded.'));
    });
    return await checkedPicture(settings, { bytes, model: modelName, usage }, ports.check, signal);
  };

  return {
    name,
    service,
    models: [modelName],
    paid: true,
    priority,
    concurrency,
    unsuitable: () => undefined,
    cacheInput: pictureInput,
    // Official models cost by the picture, others by the time that they take.
    mostUsage: () => ({ images: 1, seconds: timeoutMs / 1_000 }),
    call: (request, context) => {
      const sentence = `Replicate has not drawn the picture within ${timeoutMs / 1_000} s.`;
      return withinTimeLimit(settings, sentence, context.signal, (signal) => call(request, context, signal));
    },
  };
}

const modelName = z
  .string()
  .regex(/^([\w.-]{1,100})\/([\w.-]{1,100})(?::([0-9a-f]{1,100}))?$/)
  .transform((text) => text.split(/[/:]/));

function modelNamed(text: string): ModelName {
  const [owner, name, version] = modelName.safeParse(text).data ?? [];
  if (owner !== undefined && name !== undefined) return { owner, name, version };
  throw new AppError(
    'CONFIG_INVALID',
    'REPLICATE_IMAGE_MODEL must be a name such as owner/name or owner/name:version.',
  );
}

/** A process that stops continues the prediction when it runs again. */
function goesOnLater({ reason }: AbortSignal): boolean {
  return reason instanceof AppError && reason.retriable;
}

function usageOf({ status, metrics }: Prediction): Usage {
  const seconds = metrics?.predict_time;
  return { ...(status === 'succeeded' ? { images: 1 } : {}), ...(seconds === undefined ? {} : { seconds }) };
}

const link = z.string().min(1).max(4_000);
const links = z.union([
  link,
  z
    .array(link)
    .min(1)
    .transform(([first = '']) => first),
]);

/** Models say in their own words that a picture breaks the rules. */
const REJECTED = /\bnsfw\b|\bE005\b|flagged as sensitive|content policy|safety (?:checker|filter|system)/i;

/** The link to the picture, or the error of the prediction. The time that it took is billed in any case. */
function linkIn(prediction: Prediction, model: string): string {
  const { status, output, error } = prediction;
  const answer = (reason: string) => new UnusableAnswer(model, usageOf(prediction), reason);
  if (status === 'succeeded') {
    const found = links.safeParse(output);
    if (found.success) return found.data;
    throw unusablePicture('REPLICATE', answer('The prediction has no link to a picture.'));
  }
  if (status === 'failed' && REJECTED.test(error?.slice(0, 2_000) ?? ''))
    throw rejectedPicture('REPLICATE', answer('the model takes it for indecent or dangerous'));
  const message = `The prediction on Replicate has ended without a picture (${status}).`;
  throw new AppError('REPLICATE_API_ERROR', message, { cause: answer(message), retriable: true });
}

/** A file that may be downloaded later is fetched by the prediction's id; one that never can is billed all the same. */
function afterPayment(thrown: unknown, cause: UnusableAnswer): unknown {
  if (!(thrown instanceof AppError) || thrown.code !== 'FILE_DOWNLOAD_FAILED' || thrown.retriable) return thrown;
  return new AppError(thrown.code, thrown.message, { cause });
}
