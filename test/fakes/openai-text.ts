import { expect } from 'vitest';
import { z } from 'zod';
import { expectPost, expectStrictSchema, USED, type Writes } from './asked-model.ts';
import type { FakeHandler } from './fake-service.ts';

const message = z.union([
  z.strictObject({ role: z.enum(['system', 'developer', 'assistant']), content: z.string().min(1) }),
  z.strictObject({
    role: z.literal('user'),
    content: z.array(z.strictObject({ type: z.literal('input_text'), text: z.string().min(1) })).length(1),
  }),
]);

/** https://developers.openai.com/api/reference/resources/responses/methods/create */
const body = z.strictObject({
  model: z.string(),
  input: z.array(message).min(1),
  max_output_tokens: z.int().min(16),
  text: z
    .strictObject({
      format: z.strictObject({
        type: z.literal('json_schema'),
        name: z.string().regex(/^[\w-]{1,64}$/),
        strict: z.literal(true),
        schema: z.looseObject({}),
      }),
    })
    .optional(),
  store: z.literal(false),
  include: z.tuple([z.literal('reasoning.encrypted_content')]).optional(),
  reasoning: z.strictObject({ effort: z.enum(['none', 'low']) }).optional(),
});

/** OpenAI's Responses API. */
export function openaiText(write: Writes, key: string): FakeHandler {
  return (request) => {
    expectPost(request, '/v1/responses');
    expect(request.headers['authorization']).toBe(`Bearer ${key}`);
    const { model, input, max_output_tokens, text } = body.parse(request.json());
    if (text !== undefined) expectStrictSchema(text.format.schema);
    const texts = input.map(({ role, content }) => ({
      role,
      text: typeof content === 'string' ? content : (content[0]?.text ?? ''),
    }));
    const reply = write({
      instructions: texts.find(({ role }) => role === 'developer' || role === 'system')?.text,
      messages: texts.filter(({ role }) => role === 'user' || role === 'assistant'),
      hasSchema: text !== undefined,
      outputLimit: max_output_tokens,
      model,
    });
    return { body: openaiResponse(reply, model) };
  };
}

export function openaiResponse(text: string, model: string, overrides: object = {}): object {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_795_996_800,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: `${model}-2026-09-22`,
    output: [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      {
        type: 'message',
        id: 'msg_1',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: USED.inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: USED.outputTokens,
      output_tokens_details: { reasoning_tokens: 40 },
      total_tokens: USED.inputTokens + USED.outputTokens,
    },
    ...overrides,
  };
}
