import { AppError } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { ServiceClient } from '../http/service-client.ts';
import { type CheckPicture, checkedPicture, rejectedPicture } from '../pictures/checked-picture.ts';
import { imageModels } from '../pictures/image-models.ts';
import { nearestAspect, type PictureRequest, pictureInput, picturePrompt } from '../pictures/picture-request.ts';
import type { Picture } from '../ports.ts';
import { type ContentProvider, UnusableAnswer } from '../provider.ts';

const DEFAULT_MODEL = 'stable-image-core';
const OTHER_MODELS = ['stable-image-ultra', 'sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium', 'sd3.5-flash'];
/** The service allows 10,000 characters, of which the models read the first few hundred words. */
const PROMPT = { longest: 4_000 };
const ASPECTS = ['1:1', '16:9', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'] as const;
/** https://platform.stability.ai/docs/api-reference: `name` in an error body. */
const RULES = { contentRejected: ['content_moderation'], quotaExceeded: ['payment_required'] };
const ONE_PICTURE = { images: 1 };

/** Pictures by Stability AI: Stable Image Core and Ultra, and each model of Stable Diffusion 3 by its name. */
export function stabilityImages(
  settings: ServiceSettings,
  check: CheckPicture,
): ContentProvider<PictureRequest, Picture> {
  const { service, name, priority, concurrency, timeoutMs } = settings;
  const models = imageModels(settings, DEFAULT_MODEL, OTHER_MODELS);
  const client = new ServiceClient({
    service,
    timeoutMs,
    baseUrl: settings.baseUrl ?? 'https://api.stability.ai',
    headers: { authorization: `Bearer ${settings.apiKey ?? ''}` },
    rules: RULES,
  });
  return {
    name,
    service,
    models,
    paid: true,
    priority,
    concurrency,
    unsuitable: ({ prompt }) => (isLatin(prompt) ? undefined : onlyEnglish()),
    cacheInput: pictureInput,
    mostUsage: () => ONE_PICTURE,
    async call(request, { signal }) {
      const model = request.model ?? models[0];
      const response = await client.send({
        method: 'POST',
        path: pathOf(model),
        headers: { accept: 'image/*' },
        body: formOf(model, request),
        signal,
      });
      // A picture that breaks the rules comes blurred, and costs as much as any other.
      if (response.headers.get('finish-reason') === 'CONTENT_FILTERED')
        throw rejectedPicture(service, new UnusableAnswer(model, ONE_PICTURE, 'CONTENT_FILTERED'));
      const bytes = new Uint8Array(await response.arrayBuffer());
      return await checkedPicture(settings, { bytes, model, usage: ONE_PICTURE }, check, signal);
    },
  };
}

function pathOf(model: string): string {
  const ending = model === 'stable-image-core' ? 'core' : model === 'stable-image-ultra' ? 'ultra' : 'sd3';
  return `/v2beta/stable-image/generate/${ending}`;
}

function formOf(model: string, request: PictureRequest): FormData {
  // The quick models draw without the guidance that a negative prompt needs.
  const hasNegative = !/-(?:turbo|flash)$/.test(model);
  const { prompt, negative } = picturePrompt(request, { ...PROMPT, hasNegative });
  const form = new FormData();
  form.set('prompt', prompt);
  if (hasNegative) form.set('negative_prompt', negative);
  form.set('aspect_ratio', nearestAspect(request, ASPECTS));
  form.set('output_format', 'jpeg');
  if (pathOf(model).endsWith('/sd3')) form.set('model', model);
  return form;
}

/** The service refuses prompts that it does not take for English. A language in other letters is none for certain. */
function isLatin(prompt: string): boolean {
  const letters = Array.from(prompt.matchAll(/\p{L}/gu), ([letter]) => letter);
  return letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length * 2 >= letters.length;
}

function onlyEnglish(): AppError {
  return new AppError('UNSUPPORTED_LANGUAGE', 'Stability AI draws only from prompts in English.');
}
