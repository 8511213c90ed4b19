import { expect } from 'vitest';
import { z } from 'zod';
import { expectPost, expectStrictSchema, USED, type Writes } from './asked-model.ts';
import type { FakeHandler } from './fake-service.ts';

const text = z.strictObject({ text: z.string().min(1) });
const parts = z.tuple([text]);
/** A video comes before the text (https://ai.google.dev/gemini-api/docs/video-understanding). */
const video = z.strictObject({ inlineData: z.strictObject({ mimeType: z.literal('video/mp4'), data: z.base64() }) });

/** https://ai.google.dev/api/generate-content and https://ai.google.dev/gemini-api/docs/structured-output */
const body = z.strictObject({
  systemInstruction: z.strictObject({ parts }).optional(),
  contents: z
    .array(z.strictObject({ role: z.enum(['user', 'model']), parts: parts.or(z.tuple([video, text])) }))
    .min(1),
  generationConfig: z.strictObject({
    maxOutputTokens: z.int().min(1),
    responseMimeType: z.literal('application/json').optional(),
    responseJsonSchema: z.looseObject({}).optional(),
    thinkingConfig: z.strictObject({ thinkingLevel: z.enum(['minimal', 'low']) }).optional(),
  }),
});

/** The Gemini API's generateContent. */
export function geminiText(write: Writes, key: string): FakeHandler {
  return (request) => {
    const model = /^\/v1beta\/models\/([\w.-]+):generateContent$/.exec(request.path)?.[1] ?? 'no model';
    // The most that a request may have.
    expect(request.body.length).toBeLessThan(20 * 1024 * 1024);
    expectPost(request, `/v1beta/models/${model}:generateContent`);
    expect(request.headers['x-goog-api-key']).toBe(key);
    const { systemInstruction, contents, generationConfig } = body.parse(request.json());
    const { responseJsonSchema, responseMimeType, maxOutputTokens } = generationConfig;
    expect(responseMimeType === undefined).toBe(responseJsonSchema === undefined);
    if (responseJsonSchema !== undefined) expectStrictSchema(responseJsonSchema);
    const reply = write({
      instructions: systemInstruction?.parts[0].text,
      messages: contents.map(({ role, parts: [first, second] }) => ({
        role: role === 'model' ? 'assistant' : role,
        text: 'text' in first ? first.text : (second?.text ?? ''),
        ...('inlineData' in first ? { video: Buffer.from(first.inlineData.data, 'base64') } : {}),
      })),
      hasSchema: responseJsonSchema !== undefined,
      outputLimit: maxOutputTokens,
      model,
    });
    return { body: geminiContent(reply, model) };
  };
}

export function geminiContent(text: string, model: string, finishReason = 'STOP'): object {
  return {
    candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, finishReason }],
    modelVersion: model,
    responseId: 'r1',
    usageMetadata: {
      promptTokenCount: USED.inputTokens,
      candidatesTokenCount: USED.outputTokens - 40,
      thoughtsTokenCount: 40,
      totalTokenCount: USED.inputTokens + USED.outputTokens,
    },
  };
}
