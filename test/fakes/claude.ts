import { expect } from 'vitest';
import { z } from 'zod';
import { expectPost, expectStrictSchema, textPart, USED, type Writes } from './asked-model.ts';
import type { FakeHandler } from './fake-service.ts';

/** https://platform.claude.com/docs/en/api/messages/create and …/build-with-claude/structured-outputs */
const body = z.strictObject({
  model: z.string(),
  max_tokens: z.int().min(1),
  system: z.array(textPart).length(1).optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(textPart).length(1) }))
    .min(1),
  thinking: z.strictObject({ type: z.literal('disabled') }).optional(),
  output_config: z
    .strictObject({ format: z.strictObject({ type: z.literal('json_schema'), schema: z.looseObject({}) }) })
    .optional(),
});

/** Anthropic's Messages API. */
export function claude(write: Writes, key: string): FakeHandler {
  return (request) => {
    expectPost(request, '/v1/messages');
    expect(request.headers).toMatchObject({ 'x-api-key': key, 'anthropic-version': '2023-06-01' });
    const { model, max_tokens, system, messages, output_config } = body.parse(request.json());
    if (output_config !== undefined) expectStrictSchema(output_config.format.schema);
    const reply = write({
      instructions: system?.[0]?.text,
      messages: messages.map(({ role, content }) => ({ role, text: content[0]?.text ?? '' })),
      hasSchema: output_config !== undefined,
      outputLimit: max_tokens,
      model,
    });
    return { body: claudeMessage(reply, model) };
  };
}

export function claudeMessage(text: string, model: string, stopReason = 'end_turn') {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: text === '' ? [] : [{ type: 'text', text }],
    stop_reason: stopReason,
    stop_sequence: null,
    usage: {
      input_tokens: USED.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: USED.outputTokens,
    },
  };
}
