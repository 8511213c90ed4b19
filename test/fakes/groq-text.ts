import { expect } from 'vitest';
import { z } from 'zod';
import {
  askedInChat,
  chatCompletion,
  chatMessage,
  chatSchema,
  expectPost,
  expectStrictSchema,
  type Writes,
} from './asked-model.ts';
import type { FakeHandler } from './fake-service.ts';

/** https://console.groq.com/docs/api-reference and https://console.groq.com/docs/structured-outputs */
const body = z.strictObject({
  model: z.string(),
  messages: z.array(chatMessage).min(1),
  max_tokens: z.int().min(1),
  response_format: chatSchema.optional(),
  reasoning_effort: z.literal('low').optional(),
});

const SCHEMA_MODELS = ['openai/gpt-oss-20b', 'openai/gpt-oss-120b'];

/** Groq's Chat Completions API. */
export function groqText(write: Writes, key: string): FakeHandler {
  return (request) => {
    expectPost(request, '/openai/v1/chat/completions');
    expect(request.headers['authorization']).toBe(`Bearer ${key}`);
    const { model, messages, max_tokens, response_format, reasoning_effort } = body.parse(request.json());
    expect(reasoning_effort !== undefined, 'only GPT-OSS knows this effort').toBe(SCHEMA_MODELS.includes(model));
    if (response_format !== undefined && !SCHEMA_MODELS.includes(model)) {
      const message = 'This model does not support response format `json_schema`.';
      return { status: 400, body: { error: { message, type: 'invalid_request_error' } } };
    }
    if (response_format !== undefined) expectStrictSchema(response_format.json_schema.schema);
    const asked = { ...askedInChat(messages), hasSchema: response_format !== undefined };
    return { body: chatCompletion(write({ ...asked, outputLimit: max_tokens, model }), model) };
  };
}
