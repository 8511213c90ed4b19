import type { ServiceSettings } from '../../service-settings.ts';
import { serviceFetch } from '../http/service-fetch.ts';
import { type CheckPicture, checkedPicture } from '../pictures/checked-picture.ts';
import { imageModels } from '../pictures/image-models.ts';
import {
  mostTokens,
  nearestAspect,
  type PictureRequest,
  pictureInput,
  picturePrompt,
} from '../pictures/picture-request.ts';
import { sdkPicture } from '../pictures/sdk-picture.ts';
import type { Picture } from '../ports.ts';
import type { ContentProvider, Usage } from '../provider.ts';

/** The quicker and less precise one of the current pair. */
const DEFAULT_MODEL = 'gpt-image-2.5-flare';
const OTHER_MODELS = ['gpt-image-2', 'gpt-image-1.5', 'gpt-image-1', 'gpt-image-1-mini'];
/** Half of what OpenAI allows. */
const PROMPT = { longest: 16_000, hasNegative: false };
/** Each quality has its price. A picture is moved and covered with words: details of the higher ones are lost. */
const QUALITY = 'medium';
/** https://platform.openai.com/docs/guides/error-codes and the guide of image generation. */
const RULES = {
  contentRejected: ['moderation_blocked', 'content_policy_violation'],
  quotaExceeded: ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'],
  invalidKey: ['invalid_api_key'],
};

/** Pictures by OpenAI's GPT Image models, through its Images API. */
export function openaiImages(settings: ServiceSettings, check: CheckPicture): ContentProvider<PictureRequest, Picture> {
  const { service, name, priority, concurrency } = settings;
  const models = imageModels(settings, DEFAULT_MODEL, OTHER_MODELS);
  const modelOf = (request: PictureRequest) => request.model ?? models[0];
  const fetch = serviceFetch(settings);
  const mostUsage = (request: PictureRequest): Usage => ({
    inputTokens: mostTokens(picturePrompt(request, PROMPT)),
    outputTokens: mostOutputTokens(sizeFor(modelOf(request), request)),
  });
  return {
    name,
    service,
    models,
    paid: true,
    priority,
    concurrency,
    unsuitable: () => undefined,
    cacheInput: pictureInput,
    mostUsage,
    usualUsage: (request) => ({
      inputTokens: Math.ceil(mostTokens(picturePrompt(request, PROMPT)) / 2),
      outputTokens: Math.ceil(mostOutputTokens(sizeFor(modelOf(request), request)) / MOST_TO_USUAL),
    }),
    async call(request, { signal }) {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const openai = createOpenAI({
        apiKey: settings.apiKey ?? '',
        baseURL: settings.baseUrl ?? 'https://api.openai.com/v1',
        fetch,
      });
      const model = modelOf(request);
      const { width, height } = sizeFor(model, request);
      const { bytes, usage } = await sdkPicture(
        {
          settings,
          rules: RULES,
          modelName: model,
          options: {
            model: openai.image(model),
            prompt: picturePrompt(request, PROMPT).prompt,
            size: `${width}x${height}`,
            // Sooner sent than a PNG, and encoded again in any case.
            providerOptions: { openai: { quality: QUALITY, outputFormat: 'jpeg' } },
          },
          usage: ({ inputTokens, outputTokens }) =>
            inputTokens === undefined || outputTokens === undefined
              ? mostUsage(request)
              : { inputTokens, outputTokens },
        },
        signal,
      );
      return await checkedPicture(settings, { bytes, model, usage }, check, signal);
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Models from GPT Image 2 on take any size whose sides are multiples of 16, with so many pixels; the earlier ones take three. */
const FREE_SIZES = /^gpt-image-[2-9]/;
const STEP = 16;
const LEAST_PIXELS = 655_360;
/** OpenAI calls larger ones experimental. */
const MOST_PIXELS = 2_560 * 1_440;
/** They take up to 3:1, which rounding must not exceed. */
const LONGEST_SHAPE = 2.9;
const FIXED_SIZES = {
  '1:1': { width: 1_024, height: 1_024 },
  '3:2': { width: 1_536, height: 1_024 },
  '2:3': { width: 1_024, height: 1_536 },
} as const;

function sizeFor(model: string, request: PictureRequest): Size {
  return FREE_SIZES.test(model) ? freeSize(request) : FIXED_SIZES[nearestAspect(request, ['1:1', '3:2', '2:3'])];
}

function freeSize({ width, height }: PictureRequest): Size {
  const shape = Math.min(LONGEST_SHAPE, Math.max(1 / LONGEST_SHAPE, width / height));
  const pixels = Math.min(MOST_PIXELS, Math.max(LEAST_PIXELS, width * height));
  // Upwards where pixels may be lacking, downwards where there may be too many.
  const round = pixels === MOST_PIXELS ? Math.floor : Math.ceil;
  const step = (side: number) => round(Number((side / STEP).toFixed(6))) * STEP;
  return { width: step(Math.sqrt(pixels * shape)), height: step(Math.sqrt(pixels / shape)) };
}

/** The upper bound is so much more than the usual number. */
const MOST_TO_USUAL = 1.5;

/**
 * Upper bound of a picture's tokens. At medium quality a square picture of GPT Image 2 takes 2,304 × (2 + megapixels) / 4, and
 * other shapes take less (OpenAI's cost calculator). Half of that is added for models that count otherwise: GPT Image 1 takes
 * up to 1,584 tokens for its three sizes.
 */
function mostOutputTokens({ width, height }: Size): number {
  return Math.ceil((MOST_TO_USUAL * 2_304 * (2_000_000 + width * height)) / 4_000_000);
}
