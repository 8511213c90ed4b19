import { expect } from 'vitest';
import { z } from 'zod';
import { askedInChat, chatCompletion, chatMessage, chatSchema, expectPost, type Writes } from './asked-model.ts';
import type { FakeHandler } from './fake-service.ts';

/**
 * https://docs.ollama.com/api/openai-compatibility, https://docs.vllm.ai/en/latest/serving/openai_compatible_server,
 * https://lmstudio.ai/docs/developer/openai-compat/structured-output
 */
const body = z.strictObject({
  model: z.string(),
  messages: z.array(chatMessage).min(1),
  max_tokens: z.int().min(1),
  response_format: chatSchema.optional(),
});

export interface CompatibleServer {
  readonly key?: string;
  /** True where it refuses a schema. */
  readonly refusesSchemas?: boolean;
}

/** A server with OpenAI's Chat Completions API. */
export function openaiCompatibleText(write: Writes, { key, refusesSchemas }: CompatibleServer = {}): FakeHandler {
  return (request) => {
    expectPost(request, '/v1/chat/completions');
    expect(request.headers['authorization']).toBe(key === undefined ? undefined : `Bearer ${key}`);
    const { model, messages, max_tokens, response_format } = body.parse(request.json());
    if (response_format !== undefined && refusesSchemas === true)
      return { status: 400, body: { error: "'response_format.type' must be 'text'" } };
    const asked = { ...askedInChat(messages), hasSchema: response_format !== undefined };
    return { body: chatCompletion(write({ ...asked, outputLimit: max_tokens, model }), model) };
  };
}
