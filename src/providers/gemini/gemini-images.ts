import { z } from 'zod';
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

const DEFAULT_MODEL = 'gemini-nano-banana-2.1';
const OTHER_MODELS = ['gemini-3-pro-image', 'gemini-2.5-flash-image'];
const PROMPT = { longest: 8_000, hasNegative: false };
/** All models offer these (https://ai.google.dev/gemini-api/docs/image-generation). */
const ASPECTS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'] as const;
const RULES = { invalidKey: ['api_key_invalid'] };

/** Pictures by Google's Gemini models that draw ("Nano Banana"), through generateContent. Imagen is no longer offered. */
export function geminiImages(settings: ServiceSettings, check: CheckPicture): ContentProvider<PictureRequest, Picture> {
  const { service, name, priority, concurrency } = settings;
  const models = imageModels(settings, DEFAULT_MODEL, OTHER_MODELS);
  const modelOf = (request: PictureRequest) => request.model ?? models[0];
  const fetch = serviceFetch(settings);
  const mostUsage = (request: PictureRequest): Usage => ({
    inputTokens: mostTokens(picturePrompt(request, PROMPT)),
    outputTokens: mostOutputTokens(modelOf(request), request),
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
    async call(request, { signal }) {
      const model = modelOf(request);
      const { createGoogle } = await import('@ai-sdk/google');
      const google = createGoogle({
        apiKey: settings.apiKey ?? '',
        baseURL: settings.baseUrl ?? 'https://generativelanguage.googleapis.com/v1beta',
        fetch,
      });
      const { bytes, usage } = await sdkPicture(
        {
          settings,
          rules: RULES,
          modelName: model,
          options: {
            model: google.image(model),
            prompt: picturePrompt(request, PROMPT).prompt,
            aspectRatio: nearestAspect(request, ASPECTS),
            providerOptions: { google: optionsFor(model, request) },
          },
          usage: ({ inputTokens, outputTokens }) =>
            inputTokens === undefined || outputTokens === undefined
              ? mostUsage(request)
              : { inputTokens, outputTokens },
          withheld,
        },
        signal,
      );
      return await checkedPicture(settings, { bytes, model, usage }, check, signal);
    },
  };
}

/** The long side of a picture of size "1K" in the shape 16:9. */
const LONG_SIDE_1K = 1_376;

/** Gemini 2.5 draws in one size, and does not think. Pro thinks as it likes. */
function optionsFor(model: string, request: PictureRequest) {
  const isLarge = isLargerThan1K(request) && !model.startsWith('gemini-2.');
  const canThinkLess = model.startsWith('gemini-nano-banana') || model.startsWith('gemini-3.1-flash-image');
  return {
    ...(isLarge ? { imageConfig: { imageSize: '2K' } } : {}),
    // Thinking is billed, and the prompt of a scene leaves little to think about.
    ...(canThinkLess ? { thinkingConfig: { thinkingLevel: 'minimal' } } : {}),
  };
}

function isLargerThan1K({ width, height }: PictureRequest): boolean {
  return Math.max(width, height) > LONG_SIDE_1K;
}

/**
 * A picture takes 1,120 tokens, in 2K 1,680, of Gemini 2.5 1,290. The rest is for thoughts; Pro's cannot be limited. They cost
 * less than a picture's tokens, but the price list has one price for both: the higher one.
 */
function mostOutputTokens(model: string, request: PictureRequest): number {
  const ofPicture = isLargerThan1K(request) ? 1_680 : 1_290;
  return ofPicture + (model.includes('-pro-') ? 4_000 : 800);
}

/** Reasons other than rules of content (https://ai.google.dev/api/generate-content#FinishReason). */
const NO_RULES: ReadonlySet<string> = new Set([
  'MAX_TOKENS',
  'OTHER',
  'IMAGE_OTHER',
  'NO_IMAGE',
  'LANGUAGE',
  'UNEXPECTED_TOOL_CALL',
]);

const metadata = z.looseObject({
  google: z.looseObject({ finishReason: z.string().regex(/^[A-Z_]{1,60}$/) }),
});

/** A model that declines writes why, and stops: a reply without a picture is a refusal, unless it names a technical reason. */
function withheld(given: unknown): string | undefined {
  const parsed = metadata.safeParse(given);
  if (!parsed.success) return undefined;
  const { finishReason } = parsed.data.google;
  return NO_RULES.has(finishReason) ? undefined : finishReason;
}
