import { z } from 'zod';
import type { FakeHandler } from './fake-service.ts';
import { pictureOf } from './pictures.ts';

/** https://ai.google.dev/api/generate-content and https://ai.google.dev/gemini-api/docs/image-generation. */
const request = z.strictObject({
  contents: z.tuple([
    z.strictObject({
      role: z.literal('user'),
      parts: z.tuple([z.strictObject({ text: z.string().min(1) })]),
    }),
  ]),
  generationConfig: z.strictObject({
    responseModalities: z.tuple([z.literal('IMAGE')]),
    imageConfig: z.strictObject({
      aspectRatio: z.enum(['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9']),
      imageSize: z.enum(['1K', '2K', '4K']).optional(),
    }),
    thinkingConfig: z.strictObject({ thinkingLevel: z.enum(['minimal', 'medium', 'high']) }).optional(),
  }),
});

const PATH = /^\/v1beta\/models\/(gemini-[\w.-]+):generateContent$/;

/** generateContent of a Gemini model that draws, with a base URL that ends in /v1beta. */
export const geminiImages: FakeHandler = async ({ method, path, headers, json }) => {
  const model = PATH.exec(path)?.[1];
  if (method !== 'POST' || model === undefined) throw new Error(`no endpoint: ${method} ${path}`);
  if (!headers['x-goog-api-key']) throw new Error('no key');
  const { generationConfig } = request.parse(json());
  if (model.startsWith('gemini-2.5') && (generationConfig.imageConfig.imageSize ?? generationConfig.thinkingConfig))
    throw new Error(`${model} has one size and does not think`);
  const data = (await pictureOf('png')).toString('base64');
  return {
    body: {
      candidates: [
        {
          content: { role: 'model', parts: [{ inlineData: { mimeType: 'image/png', data } }] },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: {
        promptTokenCount: 61,
        candidatesTokenCount: 1_120,
        totalTokenCount: 1_201,
        thoughtsTokenCount: 20,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: 61 }],
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_120 }],
      },
      modelVersion: model,
      responseId: 'c2ltcGxl',
    },
  };
};
